import { parentPort, workerData } from "node:worker_threads";
import { type ExportOptions, exportGuides } from "#web";

// One share of the export; the thread ends when it is written.
parentPort!.postMessage(await exportGuides(workerData as ExportOptions));
