import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type CaseLog, fold, type Store } from "#case";
import type { WorkbenchOptions } from "#web";
import { benchOver, exampleCase, form, openTestStore } from "./open-bench.ts";
import { preparePhysicianExample, statementTexts } from "./physician-case.ts";

export const npi = "1234567893";
export const keyOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

export type Link = { path: string; code: string; id: string };
/** The cookie of a device that knows the code. */
export type Device = { headers: { cookie: string } };

/** A case with a letter that waits for its physician, and a clock that stands. */
export class PhysicianDesk {
  store!: Store;
  bench!: ReturnType<typeof benchOver>;
  log!: CaseLog;
  now = new Date("2026-10-12T15:00:00Z");
  private close!: () => Promise<void>;

  async open(more: Partial<WorkbenchOptions>): Promise<void> {
    ({ store: this.store, close: this.close } = await openTestStore());
    this.bench = this.another(more);
    await this.newCase();
  }

  /** Another workbench over the same store: a second program, or the same one after a restart. */
  another(more: Partial<WorkbenchOptions> = {}): ReturnType<typeof benchOver> {
    return benchOver(this.store, { prepare: preparePhysicianExample, now: () => this.now, ...more });
  }

  async newCase(): Promise<void> {
    this.log = await exampleCase(this.store, this.bench);
  }

  async end(): Promise<void> {
    await this.bench.workshop.stop();
    await this.close();
  }

  async state() {
    return fold(await this.log.events());
  }

  async page(address: string, as: { headers?: Record<string, string> } = {}): Promise<string> {
    return (await this.bench.get(address, as)).text();
  }

  post(address: string, as: Device, fields: Record<string, string>) {
    const init = form(fields);
    const headers = { ...(init.headers as Record<string, string>), ...as.headers };
    return this.bench.post(address, { ...init, headers });
  }

  /** A new link, as the owner's page shows it this once. */
  async newLink(days = "7"): Promise<Link> {
    const answer = await this.bench.post(
      `/cases/${this.log.id}/physician`,
      form({ name: "Dr. Whitlock", days }),
    );
    const page = await answer.text();
    const code = /<code>(\d{3}) (\d{3})<\/code>/.exec(page)!;
    const { links } = (await this.state()).afterwards;
    return {
      path: /\/physician\/[\w-]{32}/.exec(page)![0],
      code: `${code[1]}${code[2]}`,
      id: links.at(-1)!.link,
    };
  }

  async enter(link: { path: string; code: string }): Promise<Device> {
    const answer = await this.bench.post(`${link.path}/code`, form({ code: link.code }));
    return { headers: { cookie: answer.headers.get("set-cookie")!.split(";")[0]! } };
  }

  /** The fingerprint of what is on the screen. */
  async seen(link: { path: string }, as: Device): Promise<string> {
    return /name="seen" value="([0-9a-f]{64})"/.exec(await this.page(`${link.path}/letter`, as))![1]!;
  }

  /** What signs the letter that is on the screen. */
  async toSign(link: { path: string }, as: Device): Promise<Record<string, string>> {
    await this.post(link.path, as, marked());
    return { seen: await this.seen(link, as), attest: "yes", typed: "Naomi T. Whitlock, MD" };
  }

  /** A link that was used: entered, marked, looked at and signed. */
  async signedLink(): Promise<{ link: Link; as: Device }> {
    const link = await this.newLink();
    const as = await this.enter(link);
    await this.bench.get(/src="(\/physician\/[^"]+\/picture)"/.exec(await this.page(link.path, as))![1]!, as);
    const answer = await this.post(`${link.path}/sign`, as, await this.toSign(link, as));
    if (answer.status !== 303) throw new Error(`not signed: ${answer.status}`);
    await this.bench.workshop.idle();
    return { link, as };
  }
}

/** A desk that is opened before the tests of a file. */
export function physicianDesk(more: Partial<WorkbenchOptions> = {}): PhysicianDesk {
  const desk = new PhysicianDesk();
  beforeAll(() => desk.open(more), 180_000);
  beforeEach(() => {
    desk.now = new Date("2026-10-12T15:00:00Z");
  });
  afterAll(() => desk.end());
  return desk;
}

/** One statement confirmed, one corrected, one struck. */
export const marked = (change: Record<string, string> = {}): Record<string, string> => ({
  [`mark-${keyOf(statementTexts[0]!)}`]: "confirmed",
  [`mark-${keyOf(statementTexts[1]!)}`]: "corrected",
  [`words-${keyOf(statementTexts[1]!)}`]: "BSA was 24% on that day.",
  [`mark-${keyOf(statementTexts[2]!)}`]: "struck",
  signer: "Naomi T. Whitlock, MD",
  npi,
  do: "show",
  ...change,
});

function file(bytes: Uint8Array): string {
  const name = path.join(mkdtempSync(path.join(tmpdir(), "redress-physician-")), "signed.pdf");
  writeFileSync(name, bytes);
  return name;
}

export const pdfText = (bytes: Uint8Array): string =>
  execFileSync("pdftotext", [file(bytes), "-"], { encoding: "utf8" }).replace(/\s+/g, " ");

export const pdfsig = (bytes: Uint8Array): string =>
  execFileSync("pdfsig", ["-nocert", file(bytes)], { encoding: "utf8" });
