import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    isolate: false,
    pool: "threads",
    maxWorkers: 2,
    // Two busy cores: what takes a second alone may take half a minute beside all others.
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
