import { fsyncSync } from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** How often the database asked for its files to be put on disk: the proof at start-up that it does. */
export const synced = { count: 0 };

type StreamOps = { fsync?: (stream: { nfd?: number }) => number };
type Runtime = {
  NODEFS?: { stream_ops: StreamOps };
  FS?: { filesystems?: { NODEFS?: { stream_ops: StreamOps } } };
};

/**
 * The embedded database's files, with `fsync`. The stock file system has none, so a commit would be acknowledged while
 * its bytes are still in memory. Leans on the inside of one pinned version; `probe` in `embedded-worker.ts` refuses to
 * go on if the hook no longer takes.
 */
export class FsyncFiles extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(...args);
    const hook = (runtime: Runtime) => {
      const files = runtime.NODEFS ?? runtime.FS?.filesystems?.NODEFS;
      if (!files) return;
      files.stream_ops.fsync = (stream) => {
        if (stream.nfd !== undefined) {
          fsyncSync(stream.nfd);
          synced.count += 1;
        }
        return 0;
      };
    };
    const preRun = [...((emscriptenOpts.preRun as unknown[] | undefined) ?? []), hook];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } as typeof emscriptenOpts };
  }
}
