/**
 * @module web — the workbench in the browser: pages from the server, each working without script.
 */
export { createWorkbench } from "./app.ts";
export { type OrderBook, openOrderBook } from "./charging/order-book.ts";
export type { Charges, Payments } from "./charging/routes.ts";
export { type Exported, type ExportOptions, exportGuides } from "./guides/export.ts";
export { serveWorkbench } from "./serve-workbench.ts";
export type { App, Env, Part, Preparation, Prepare, WorkbenchOptions } from "./workbench.ts";
