/** A workbench over an own store, for tests: no socket, no clock of its own, requests as a browser sends them. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CaseLog, Store } from "#case";
import { openStore, pagePicture, readFiles } from "#io";
import { createWorkbench, type WorkbenchOptions } from "#web";
import { prepareExample } from "./case-file.ts";

const papersFolder = path.resolve(import.meta.dirname, "../../cases/dupilumab-step/in");

export type Bench = ReturnType<typeof benchOver> & { store: Store; close: () => Promise<void> };

export async function openTestStore(): Promise<{ store: Store; folder: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "redress-bench-"));
  const store = await openStore({
    folder: path.join(folder, "data"),
    keyFile: path.join(folder, "master.key"),
  });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, folder, close };
}

export function benchOptions(store: Store, more: Partial<WorkbenchOptions> = {}): WorkbenchOptions {
  return {
    store,
    readFiles,
    prepare: prepareExample,
    pagePicture,
    mode: "local",
    hosts: ["localhost"],
    secure: false,
    today: () => "2026-10-12",
    clock: () => performance.now(),
    log: () => {},
    ...more,
  };
}

export function benchOver(store: Store, more: Partial<WorkbenchOptions> = {}) {
  const lines: string[] = [];
  const { app, workshop, sending } = createWorkbench(
    benchOptions(store, { log: (line) => lines.push(line), ...more }),
  );
  const ask =
    (method: string) =>
    (address: string, init: RequestInit = {}) => {
      const headers = {
        host: "localhost",
        "sec-fetch-site": "same-origin",
        ...(init.headers as Record<string, string>),
      };
      return app.request(`http://localhost${address}`, { ...init, method, headers });
    };
  return { app, workshop, sending, lines, get: ask("GET"), post: ask("POST") };
}

/** A form as a browser posts it. */
export function form(fields: Record<string, string>): RequestInit {
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

/** Where a paper of the worked example lies. */
export function paperPath(name: string): string {
  return path.join(papersFolder, /^\d/.test(name) ? "records" : "", name);
}

export function paper(name: string): File {
  return new File([new Uint8Array(readFileSync(paperPath(name)))], name);
}

export function files(...all: File[]): RequestInit {
  const body = new FormData();
  for (const file of all) body.append("papers", file, file.name);
  return { body };
}

export const exampleNames = ["denial-letter.pdf", "policy-RX-218.pdf", "01_dermatology-notes.pdf"];

/** The worked example as a case of the person of this machine, read and drafted. */
export async function exampleCase(store: Store, bench: ReturnType<typeof benchOver>): Promise<CaseLog> {
  const { id: owner } = await store.accounts.local();
  const log = await store.cases.create(owner, { title: "Elena’s medicine" });
  await bench.post(`/cases/${log.id}/papers`, files(...exampleNames.map(paper)));
  await bench.workshop.idle();
  return log;
}
