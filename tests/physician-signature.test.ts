import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Issue } from "#base";
import type { Prepare } from "#web";
import { form } from "./workbench/open-bench.ts";
import { preparePhysicianExample, statementTexts } from "./workbench/physician-case.ts";
import { keyOf, marked, npi, pdfsig, pdfText, physicianDesk } from "./workbench/physician-desk.ts";

const desk = physicianDesk();

describe("the signature", () => {
  test("other bytes than those shown are not signed", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.post(link.path, as, marked());
    await desk.seen(link, as);
    const fields = { seen: "0".repeat(64), attest: "yes", typed: "Naomi T. Whitlock, MD" };
    expect((await desk.post(`${link.path}/sign`, as, fields)).status).toBe(409);
    expect((await desk.store.links.find(link.path.slice(11)))!.link.signedAt).toBeNull();
  });

  test("marks changed after looking make another letter: the old fingerprint no longer signs", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.post(link.path, as, marked());
    const before = await desk.seen(link, as);
    await desk.post(link.path, as, marked({ [`mark-${keyOf(statementTexts[0]!)}`]: "struck" }));
    const fields = { seen: before, attest: "yes", typed: "Naomi T. Whitlock, MD" };
    expect((await desk.post(`${link.path}/sign`, as, fields)).status).toBe(409);
  });

  test("another name, or no attestation, signs nothing", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.post(link.path, as, marked());
    const hash = await desk.seen(link, as);
    expect(
      (await desk.post(`${link.path}/sign`, as, { seen: hash, attest: "yes", typed: "Someone Else" })).status,
    ).toBe(400);
    expect(
      (await desk.post(`${link.path}/sign`, as, { seen: hash, typed: "Naomi T. Whitlock, MD" })).status,
    ).toBe(400);
  });

  test("what was seen is signed, the link is used, and a later change voids it visibly", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.post(link.path, as, marked({ certified: "yes" }));
    const hash = await desk.seen(link, as);
    const shown = new Uint8Array(await (await desk.bench.get(`${link.path}/letter.pdf`, as)).arrayBuffer());
    expect(createHash("sha256").update(shown).digest("hex")).toBe(hash);
    const fields = { seen: hash, attest: "yes", typed: "naomi t whitlock, md" };
    const both = await Promise.all([
      desk.post(`${link.path}/sign`, as, fields),
      desk.post(`${link.path}/sign`, as, fields),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400]);
    await desk.bench.workshop.idle();
    const { signed } = (await desk.state()).afterwards;
    expect(signed).toMatchObject({ seen: hash, certified: true, signer: { npi } });
    const bytes = await desk.log.get(signed!.blob);
    const text = pdfText(bytes);
    expect(text).toContain("BSA was 24% on that day.");
    expect(text).toContain("Corrected by me");
    expect(text).not.toContain(statementTexts[2]);
    expect(text).toContain(hash);
    if (existsSync("/usr/bin/pdfsig")) expect(pdfsig(bytes)).toContain("Signature is Valid");

    expect((await desk.bench.get(`${link.path}/signed`, as)).status).toBe(200);
    expect((await desk.bench.get(link.path, as)).headers.get("location")).toBe(`${link.path}/signed`);
    const used = await desk.bench.get(link.path);
    expect([used.status, await used.text()]).toEqual([410, expect.stringContaining("signed already")]);

    const own = `/cases/${desk.log.id}/physician`;
    expect(await (await desk.bench.get(own)).text()).toContain("Signed by Naomi T. Whitlock, MD");
    await desk.bench.post(
      `/cases/${desk.log.id}/evidence`,
      form({ criterion: "c5b", status: "met", why: "Changed" }),
    );
    await desk.bench.workshop.idle();
    expect(await (await desk.bench.get(own)).text()).toContain("no longer holds");
  });
});

describe("after the signature", () => {
  beforeAll(() => desk.newCase(), 120_000);
  const own = (path = "") => `/cases/${desk.log.id}/physician${path}`;
  const page = async (address: string, as = {}) => (await desk.bench.get(address, as)).text();

  test("the record of it tells who, how, what was opened and the fingerprint", async () => {
    await desk.signedLink();
    const { signed } = (await desk.state()).afterwards;
    const text = pdfText(await desk.log.get(signed!.blob));
    expect(text).toContain("Naomi T. Whitlock, MD, NPI 1234567893 (its check digit is right)");
    expect(text).toContain("A six-digit code, told apart from the link");
    expect(text).toContain("Private link made for Dr. Whitlock");
    expect(text).toMatch(/Page of the record opened: 01_dermatology-notes\.pdf, page \d/);
    expect(text).toContain("1 confirmed, 1 corrected, 1 struck");
    expect(text).toContain("The name was typed under the attestation");
    expect(signed!.word!.marks.map(({ mark, text: words }) => [mark, words])).toEqual([
      ["corrected", statementTexts[1]],
      ["struck", statementTexts[2]],
    ]);
  });

  test("a change of its words is said at once to everyone, and nothing goes out under it", async () => {
    const { link, as } = await desk.signedLink();
    const fax = `/cases/${desk.log.id}/send?to=0`;
    expect(await page(`/cases/${desk.log.id}/packet`)).toContain("Signed by Naomi T. Whitlock, MD");
    expect(await page(fax)).not.toContain("no longer holds");
    const change = { letter: "physician-letter", passage: "p6", "cell-0": "Severe eczema, I say." };
    // The new draft never comes: what is said is said of the moment.
    const slow = desk.another({ prepare: () => new Promise<never>(() => {}) });
    await slow.post(`/cases/${desk.log.id}/letter`, form(change));
    const packet = await (await slow.get(`/cases/${desk.log.id}/packet`)).text();
    expect(packet).toContain("no longer holds");
    expect(packet).not.toContain('parts/packet.pdf">');
    for (const part of ["parts/packet.pdf", "parts.zip", "send/bundle.zip?to=0"])
      expect((await slow.get(`/cases/${desk.log.id}/${part}`)).status, part).toBe(303);
    desk.bench.workshop.request(desk.log);
    await desk.bench.workshop.idle();
    expect(await page(own())).toContain("no longer holds");
    expect(await page(`${link.path}/signed`, as)).toContain("The letter changed after you signed it");
    // Who was sent one letter is not shown the way to cases.
    expect(await page(`${link.path}/signed`, as)).not.toContain(">Cases<");
    expect(await page(link.path)).toContain("The letter changed after you signed it");
    const stamped = new Uint8Array(await (await desk.bench.get(own("/signed.pdf"))).arrayBuffer());
    expect(pdfText(stamped)).toContain("NO LONGER HOLDS");
    expect(await page(fax)).toContain("nothing goes out under it");
    // Nor is it written down as sent: the receipt would prove papers that nobody signed.
    const note = form({ to: "1", on: "2026-10-11", number: "", consent: "yes" });
    const byHand = () => desk.bench.post(`/cases/${desk.log.id}/send/by-hand`, note);
    expect(await page(`/cases/${desk.log.id}/send?to=1`)).not.toContain("/send/by-hand");
    const held = await byHand();
    expect([held.status, await held.text()]).toEqual([
      409,
      expect.stringContaining("no sending is written down"),
    ]);
    expect((await desk.state()).afterwards.parcels).toEqual([]);
    expect((await desk.bench.post(own("/set-aside"), form({}))).status).toBe(303);
    await desk.bench.workshop.idle();
    expect(await page(fax)).not.toContain("nothing goes out under it");
    expect((await byHand()).status).toBe(303);
    expect((await desk.state()).afterwards.parcels[0]!.receipt).toMatchObject({ status: "by-hand" });
    expect((await desk.bench.post(own("/set-aside"), form({}))).status).toBe(404);
    const taken = { letter: "physician-letter", passage: "p6", do: "restore" };
    await desk.bench.post(`/cases/${desk.log.id}/letter/passage`, form(taken));
    await desk.bench.workshop.idle();
  });

  test("the signed file goes along by e-mail, but not beside a packet in which its words are blackened", async () => {
    await desk.signedLink();
    const byMail = async (issues: Issue[]) => {
      const prepare: Prepare = async (given) => {
        const made = await preparePhysicianExample(given);
        const email = { value: "appeals@juniper.example", from: [], by: "rule" as const };
        Object.assign(made.file.denial!.rightsStated.sendTo, { fax: null, address: null, email });
        made.file.issues.push(...issues);
        return made;
      };
      const other = desk.another({ prepare });
      await other.post(`/cases/${desk.log.id}/blacken`, form({ words: `Word ${issues.length}` }));
      await other.workshop.idle();
      return (await other.get(`/cases/${desk.log.id}/send?to=0`)).text();
    };
    expect(await byMail([])).toContain("physician-letter-signed.pdf");
    const said = { severity: "warning" as const, code: "blacken-in-signed", text: "It is said there." };
    expect(await byMail([said])).not.toContain("physician-letter-signed.pdf");
  });

  test("a new link for the same physician has what was marked; for another it has nothing", async () => {
    await desk.signedLink();
    const again = await desk.newLink();
    const found = await page(again.path, await desk.enter(again));
    expect(found).toMatch(new RegExp(`id="struck-${keyOf(statementTexts[2]!)}"[^>]* checked`));
    await desk.bench.post(own(), form({ name: "Dr. Other", days: "7" }));
    const { link } = (await desk.state()).afterwards.links.at(-1)!;
    expect((await desk.state()).afterwards.reviews[link]).toBeUndefined();
    const other = await page(own());
    expect(other).toContain("Dr. Other");
  });
});

test("a drawn name signs without a typed one; neither signs nothing", async () => {
  const link = await desk.newLink();
  const as = await desk.enter(link);
  await desk.post(link.path, as, marked());
  const hash = await desk.seen(link, as);
  expect((await desk.post(`${link.path}/sign`, as, { seen: hash, attest: "yes" })).status).toBe(400);
  const dot =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const fields = { seen: hash, attest: "yes", drawn: `data:image/png;base64,${dot}` };
  expect((await desk.post(`${link.path}/sign`, as, fields)).status).toBe(303);
  await desk.bench.workshop.idle();
});
