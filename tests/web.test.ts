import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseLog, fold, type Store } from "#case";
import { benchOver, exampleCase, files, form, openTestStore, paper } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let log: CaseLog;
const at = (path = "") => `/cases/${log.id}${path}`;

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store);
  log = await exampleCase(store, bench);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const text = async (address: string) => (await bench.get(address)).text();

describe("what stands on the pages", () => {
  test("a fact of the notice stands beside the page it comes from, with its words marked", async () => {
    const page = await text(at("/denial?fact=noticeDate"));
    expect(page).toContain("September 28, 2026");
    expect(page).toMatch(/<img src="\/cases\/[\w-]+\/papers\/[\w-]+\/0\/1\/picture"/);
    expect(page.match(/<rect class="mark"/g)).toHaveLength(1);
  });

  test("the picture of a page is a PNG, and a page that is not there is not found", async () => {
    const address = /src="([^"]+\/picture)"/.exec(await text(at("/denial")))![1]!;
    const picture = await bench.get(address);
    expect(picture.headers.get("content-type")).toBe("image/png");
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect([...bytes.subarray(1, 4)]).toEqual([...new TextEncoder().encode("PNG")]);
    expect((await bench.get(address.replace("/0/1/", "/0/99/"))).status).toBe(404);
  });

  test("the deadline page says the safe day while the day of receipt is not known", async () => {
    const page = await text(at("/deadline"));
    expect(page).toContain('<time datetime="2027-03-27">');
    expect(page).toContain("to be safe");
    expect(page).toContain("29 CFR 2560.503-1(h)(3)(i)");
  });

  test("every criterion of the policy is a line with its status in words", async () => {
    const page = await text(at("/evidence"));
    expect(page).toContain("A topical calcineurin inhibitor for at least 6 weeks.");
    expect(page).toMatch(/5 of 7|>5</);
    for (const word of ["Met", "Not met", "Not known"]) expect(page).toContain(word);
  });

  test("a quote of the evidence opens its page with the words marked", async () => {
    const page = await text(at("/evidence?criterion=c4b"));
    expect(page).toContain("EASI 21.4");
    expect(page).toContain("01_dermatology-notes.pdf, page 3");
    expect(page).toMatch(/<rect class="mark"/);
  });

  test("the letter shows under each statement what it rests on", async () => {
    const page = await text(at("/letter"));
    expect(page).toContain('<q lang="en">EASI 21.4</q>');
  });

  test("words of a paper cannot become markup", async () => {
    const { id: owner } = await store.accounts.local();
    const other = await store.cases.create(owner, { title: '<script>alert("x")</script>' });
    const page = await text(`/cases/${other.id}/papers`);
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;alert");
  });

  test("what the law covers is public, each rule with its source and how sure", async () => {
    const page = await text("/law");
    expect(page).toContain("29 CFR 2560.503-1");
    expect(page).toContain("The text itself was read");
    expect(page).toContain("Ohio");
  });

  test("in Spanish a problem is said in Spanish, its details in English behind it; what stays English is named", async () => {
    const spanish = { headers: { "accept-language": "es" } };
    const page = await (await bench.get(`/cases/${log.id}/letter`, spanish)).text();
    expect(page).toContain("Las cartas están en inglés, porque el plan las lee.");
    const odd = await exampleCase(store, bench);
    await bench.post(`/cases/${odd.id}/papers`, files(new File([], "leer.pdf")));
    await bench.workshop.idle();
    const papers = await (await bench.get(`/cases/${odd.id}/papers`, spanish)).text();
    expect(papers).toContain("Un archivo está vacío. Entregue el papel otra vez.");
    expect(papers).toMatch(/<summary>En inglés, con los detalles<\/summary><p lang="en">leer\.pdf/);
  });

  test("Spanish is spoken to who asks for it", async () => {
    const page = await (await bench.get("/", { headers: { "accept-language": "es-MX,es;q=0.9" } })).text();
    expect(page).toContain('<html lang="es">');
    expect(page).toContain("Empezar un caso");
  });
});

describe("what people decide", () => {
  test("the day of receipt settles the last day", async () => {
    await bench.post(at("/questions/event:notice-received"), form({ answer: "2026-10-01", do: "answer" }));
    await bench.workshop.idle();
    const page = await text(at("/deadline"));
    expect(page).toContain('<time datetime="2027-03-30">');
    expect(page).toContain("Last day to file");
  });

  test("a day that does not exist is not taken", async () => {
    const before = (await log.events()).length;
    await bench.post(at("/questions/event:notice-received"), form({ answer: "2026-02-30", do: "answer" }));
    expect(await log.events()).toHaveLength(before);
  });

  test("“I don’t know” is an answer, and the question is not asked again", async () => {
    await bench.post(at("/questions/urgent"), form({ do: "unknown" }));
    await bench.workshop.idle();
    expect((await log.events()).findLast((event) => event.kind === "answer-given")).toMatchObject({
      question: "urgent",
      answer: null,
    });
  });

  test("the reason of the denial can be checked and corrected like any other fact", async () => {
    const mine = await exampleCase(store, bench);
    const denial = `/cases/${mine.id}/denial`;
    const page = await text(denial);
    expect(page).toMatch(/<form[^>]*><input type="hidden" name="field" value="grounds">/);
    await bench.post(denial, form({ field: "grounds", value: "experimental" }));
    await bench.workshop.idle();
    expect(fold(await mine.events()).review.corrections).toContainEqual({
      field: "grounds",
      value: "experimental",
      was: "step-therapy",
    });
    const before = (await mine.events()).length;
    await bench.post(denial, form({ field: "grounds", value: "no-such-reason" }));
    expect(await mine.events()).toHaveLength(before);
  });

  test("a corrected date is kept with what it was, a word that is no date is not", async () => {
    const before = (await log.events()).length;
    await bench.post(at("/denial"), form({ field: "noticeDate", value: "soon", do: "correct" }));
    expect(await log.events()).toHaveLength(before);
    await bench.post(at("/denial"), form({ field: "noticeDate", value: "2026-09-29", do: "correct" }));
    await bench.workshop.idle();
    expect((await log.events()).find((event) => event.kind === "reading-corrected")).toMatchObject({
      field: "noticeDate",
      value: "2026-09-29",
      was: "2026-09-28",
    });
  });

  test("a judgement reaches the criteria table, and changed words the letter", async () => {
    await bench.post(
      at("/evidence"),
      form({ criterion: "c5b", status: "met", why: "Stopped for swelling, 03/11/2026." }),
    );
    await bench.post(
      at("/letter"),
      form({ letter: "appeal-letter", passage: "ask", text: "Please approve dupilumab." }),
    );
    await bench.workshop.idle();
    expect(await text(at("/evidence?criterion=c5b"))).toContain("Stopped for swelling");
    expect(await text(at("/letter"))).toContain("Please approve dupilumab.");
  });

  test("what is taken home is written down with its hash", async () => {
    const part = await bench.get(at("/parts/packet.pdf"));
    expect(part.headers.get("content-disposition")).toBe('attachment; filename="packet.pdf"');
    const event = (await log.events()).findLast((one) => one.kind === "downloaded");
    expect(event).toMatchObject({ part: "packet.pdf", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const zip = new Uint8Array(await (await bench.get(at("/parts.zip"))).arrayBuffer());
    expect([...zip.subarray(0, 2)]).toEqual([0x50, 0x4b]);
  });
});

describe("papers that are not as they should be", () => {
  const hand = async (...all: File[]) => {
    const { id: owner } = await store.accounts.local();
    const fresh = await store.cases.create(owner, { title: "wrong papers" });
    await bench.post(`/cases/${fresh.id}/papers`, files(...all));
    await bench.workshop.idle();
    return text(`/cases/${fresh.id}/papers`);
  };

  test("an empty file is kept and its problem said", async () => {
    expect(await hand(new File([], "scan.pdf"))).toMatch(/scan\.pdf is empty/);
  });

  test("a program renamed to .pdf is kept and its problem said", async () => {
    const program = new Uint8Array(4096).fill(7);
    program.set([0x4d, 0x5a, 0x90, 0x00]);
    expect(await hand(new File([program], "report.pdf"))).toMatch(/class="issue issue-error"/);
  });

  test("two papers of one name are told apart", async () => {
    const page = await hand(paper("denial-letter.pdf"), paper("denial-letter.pdf"));
    expect(page).toContain("denial-letter (2).pdf");
  });

  test("a form without a file changes nothing", async () => {
    expect(await hand()).toContain("Start with the denial letter.");
  });

  test("names from outside lose their folders", async () => {
    const page = await hand(new File(["Notes"], "../../etc/passwd.txt"));
    expect(page).toContain("passwd.txt");
    expect(page).not.toContain("../");
  });
});

describe("the walls", () => {
  test("every answer carries a policy that lets nothing in from elsewhere and no script in the page", async () => {
    for (const address of ["/", at("/denial"), "/nowhere", "/health"]) {
      const answer = await bench.get(address);
      const policy = answer.headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.text()).not.toMatch(/<script>|\son\w+="|\sstyle="/);
    }
  });

  test("pages about a person are kept in no cache", async () => {
    expect((await bench.get(at("/denial"))).headers.get("cache-control")).toBe("no-store");
  });

  test("a form that another site sends is refused", async () => {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      expect((await bench.post(at("/delete"), { headers })).status).toBe(403);
    }
    const old = await bench.app.request(`http://localhost${at("/delete")}`, {
      method: "POST",
      headers: { host: "localhost", origin: "https://evil.example" },
    });
    expect(old.status).toBe(403);
    const bare = await bench.app.request(`http://localhost${at("/delete")}`, { method: "POST" });
    expect(bare.status).toBe(403);
    expect((await bench.get(at())).status).toBe(200);
  });

  test("a name that points at this machine but is not ours is refused", async () => {
    const answer = await bench.get("/", { headers: { host: "rebound.example:4600" } });
    expect(answer.status).toBe(421);
  });

  test("the log knows the pattern of a route and nothing of the person", async () => {
    bench.lines.length = 0;
    await bench.get(at("/denial?fact=memberName"));
    await bench.get(`/cases/${log.id}/parts/packet.pdf`);
    await bench.get("/Elena-Marsh-has-eczema");
    const lines = bench.lines.map((line) => JSON.parse(line));
    expect(lines.map((line) => line.route)).toEqual([
      "/cases/:id/denial",
      "/cases/:id/parts/:part",
      expect.any(String),
    ]);
    for (const line of lines) expect(Object.keys(line)).toEqual(["method", "route", "status", "ms"]);
    expect(bench.lines.join()).not.toMatch(new RegExp(`Marsh|eczema|${log.id}`));
  });

  test("a defect shows a number, and the log places in our code without the error's words", async () => {
    const broken = benchOver(store, {
      pagePicture: async () => {
        throw new Error("Elena Marsh has eczema");
      },
    });
    const address = /src="([^"]+\/picture)"/.exec(await text(at("/denial")))![1]!;
    const answer = await broken.get(address);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("Marsh");
    expect(broken.lines.join()).toContain('"defect":"Error"');
    expect(broken.lines.join()).not.toContain("Marsh");
  });

  test("where to land after choosing a language is a path of ours", async () => {
    for (const back of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      const answer = await bench.post("/language", form({ language: "es", back }));
      expect(answer.headers.get("location")).toBe("/");
    }
  });
});
