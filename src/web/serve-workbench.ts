import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type ServerType, serve } from "@hono/node-server";
import { createWorkbench } from "./app.ts";
import { remindHourly } from "./sending/reminders.ts";
import type { WorkbenchOptions } from "./workbench.ts";

/** How many ports after the wished one are tried when it is taken. */
const TRIES = 20;

export type Served = { url: string; port: number; close: () => Promise<void> };

/**
 * Serves the workbench at the first free port from `port` on (0: any), and goes on with work that a stop cut off.
 * `address` is the network address to listen at: only this machine unless an operator says otherwise.
 */
export async function serveWorkbench(
  options: WorkbenchOptions,
  listen: { port: number; address: string },
): Promise<Served> {
  const { app, workshop, sending } = createWorkbench(options);
  const { server, port } = await firstFree(app.fetch, listen);
  for (const log of await options.store.cases.waiting()) workshop.request(log);
  const stopReminding = remindHourly(options);
  return {
    url: `http://localhost:${port}`,
    port,
    close: async () => {
      stopReminding();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      // A parcel on its way is cut off only when it takes longer than a person waits for a program to end.
      await Promise.race([sending.idle(), pause(10_000, undefined, { ref: false })]);
      await workshop.stop();
    },
  };
}

type Fetch = Parameters<typeof serve>[0]["fetch"];

async function firstFree(fetch: Fetch, listen: { port: number; address: string }) {
  for (let port = listen.port; ; port++) {
    try {
      return await listenAt(fetch, port, listen.address);
    } catch (cause) {
      const busy = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!busy || listen.port === 0 || port >= listen.port + TRIES) throw cause;
    }
  }
}

function listenAt(
  fetch: Fetch,
  port: number,
  hostname: string,
): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (at: AddressInfo) => {
      server.off("error", reject);
      resolve({ server, port: at.port });
    });
    server.once("error", reject);
  });
}
