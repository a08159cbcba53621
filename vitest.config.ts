import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    isolate: false,
    // Processes and not threads: V8 keeps one list of compiled code per process, and threads that open and close the
    // embedded database beside each other can corrupt it (nodejs/node#64500). What frees such code is off for the same reason.
    pool: "forks",
    execArgv: ["--no-wasm-code-gc"],
    maxWorkers: 2,
    // Two busy cores: what takes a second alone may take half a minute beside all others.
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
