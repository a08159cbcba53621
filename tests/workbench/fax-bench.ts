import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Channel, fold, type Parcel, SendRefused, type Transport } from "#case";
import { filesOfZip } from "#io";
import { benchOver, exampleCase, form, openTestStore } from "./open-bench.ts";
import { preparePhysicianExample } from "./physician-case.ts";

type Opened = Awaited<ReturnType<typeof openTestStore>>;

/** A workbench with a fax line that takes, is busy or is a voice line, and before each test a new case on its desk. */
export class FaxDesk {
  store!: Opened["store"];
  close!: Opened["close"];
  bench!: ReturnType<typeof benchOver>;
  log!: Awaited<ReturnType<typeof exampleCase>>;
  taken: Parcel[] = [];
  /** What the fax line does with the next parcels; an empty list takes them. */
  line: ("busy" | "voice" | "take")[] = [];
  reminded: { to: string; text: string }[] = [];
  today = "2026-10-12";

  readonly fax: Transport = async (parcel) => {
    const does = this.line.shift() ?? "take";
    if (does === "busy") throw new SendRefused("fax-busy", false);
    if (does === "voice") throw new SendRefused("fax-is-voice-line", true);
    this.taken.push(parcel);
    return { number: `fax-${this.taken.length}`, status: "delivered" };
  };

  async open(): Promise<void> {
    ({ store: this.store, close: this.close } = await openTestStore());
    this.bench = benchOver(this.store, {
      prepare: preparePhysicianExample,
      now: () => new Date("2026-10-12T15:00:00Z"),
      today: () => this.today,
      sleep: async () => {},
      delivery: {
        transports: { "fax-http": this.fax } satisfies Partial<Record<Channel, Transport>>,
        remind: async (reminder) => void this.reminded.push(reminder),
      },
    });
  }

  async clear(): Promise<void> {
    this.log = await exampleCase(this.store, this.bench);
    this.taken.length = 0;
    this.line = [];
    this.today = "2026-10-12";
  }

  at(path: string): string {
    return `/cases/${this.log.id}${path}`;
  }

  async text(path: string): Promise<string> {
    return (await this.bench.get(this.at(path))).text();
  }

  async parcels() {
    return fold(await this.log.events()).afterwards.parcels;
  }

  async seen(): Promise<string> {
    return /name="seen" value="([0-9a-f]{64})"/.exec(await this.text("/send?to=0"))![1]!;
  }

  async sendFax(change: Record<string, string> = {}): Promise<Response> {
    const fields = form({ to: "0", seen: await this.seen(), consent: "yes", ...change });
    const answer = await this.bench.post(this.at("/send"), fields);
    await this.bench.sending.idle();
    return answer;
  }
}

/** A desk that is opened before the tests of a file and cleared before each of them. */
export function faxDesk(): FaxDesk {
  const desk = new FaxDesk();
  beforeAll(() => desk.open(), 120_000);
  beforeEach(() => desk.clear(), 60_000);
  afterAll(async () => {
    await desk.bench.workshop.stop();
    await desk.close();
  });
  return desk;
}

/** The files of a zip that is answered, by name. */
export async function filesIn(answer: Response): Promise<Map<string, Buffer>> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { files } = await filesOfZip({ name: "bundle.zip", bytes });
  return new Map(files.map((file) => [file.name.split("/").at(-1)!, Buffer.from(file.bytes)]));
}
