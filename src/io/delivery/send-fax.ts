import {
  type AskOutcome,
  type Parcel,
  type SendOutcome,
  SendRefused,
  sendingKey,
  type Transport,
} from "#case";

/** A fax provider's HTTP interface: one POST takes the papers, one GET tells how it went. */
export type FaxProvider = {
  /** Where faxes are posted; the answer's `id` is appended to ask for the outcome. */
  url: string;
  token: string;
  /** Milliseconds between two questions. */
  poll?: number;
  /** Milliseconds for which the outcome is awaited before the fax counts as taken. */
  watch?: number;
};

type Answer = { id?: string; status?: string; reason?: string };

/**
 * Fax through a provider. The parcel's key goes as `Idempotency-Key`, so that a repeated POST after a lost answer is not
 * a second fax. Says delivered or failed when that is soon known; a long fax is `accepted`, and asked for later.
 */
export function faxTransport(provider: FaxProvider): Transport {
  const outcome = faxOutcome(provider);
  return async (parcel, signal) => {
    const posted = await post(provider, parcel, signal);
    const id = posted.id!;
    const early = outcomeOf(posted);
    if (early.status === "failed") throw refused(early.code);
    const until = AbortSignal.any([signal, AbortSignal.timeout(provider.watch ?? 60_000)]);
    while (!until.aborted) {
      // It has been taken: whatever becomes of the questions, it is not sent a second time.
      const now = await outcome(id, until).catch((): SendOutcome => ({ status: "waiting" }));
      if (now.status === "delivered") return { number: id, status: "delivered" };
      if (now.status === "failed") throw refused(now.code);
      await pause(provider.poll ?? 3_000, until);
    }
    return { number: id, status: "accepted" };
  };
}

/** Asks the provider how a fax came out. */
export function faxOutcome({ url, token }: FaxProvider): AskOutcome {
  return async (number, signal) =>
    outcomeOf(await ask(`${url}/${encodeURIComponent(number)}`, { headers: bearer(token), signal }));
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function post({ url, token }: FaxProvider, parcel: Parcel, signal: AbortSignal): Promise<Answer> {
  const form = new FormData();
  form.set("to", parcel.to.replace(/[^\d+]/g, ""));
  form.set("part", `${parcel.part.number} of ${parcel.part.of}`);
  for (const { name, bytes } of parcel.papers)
    form.append("file", new Blob([bytes.slice()], { type: "application/pdf" }), name);
  const headers = { ...bearer(token), "idempotency-key": sendingKey(parcel) };
  const posted = await ask(url, { method: "POST", body: form, signal, headers });
  // A page instead of an answer: perhaps a gateway on the way. Asked again under the same key it stays one fax.
  if (!posted.id) throw new SendRefused("send-unclear", false);
  return posted;
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, redirect: "error" }).catch((cause: Error) => {
    throw new SendRefused(neverArrived(cause) ? "send-failed" : "send-unclear", false);
  });
  const { status, headers } = response;
  if (status === 401 || status === 403) throw new SendRefused("login-refused", true);
  if (status === 413) throw new SendRefused("packet-over-limit", true);
  if (status === 429 || status === 503)
    throw new SendRefused("send-failed", false, { after: retryAfter(headers.get("retry-after")) });
  if (!response.ok) throw new SendRefused(status < 500 ? "send-failed" : "send-unclear", status < 500);
  const said: unknown = await response.json().catch(() => null);
  return answerIn(said);
}

/** What of an answer is known here; numbers count as words. */
function answerIn(said: unknown): Answer {
  const given = said !== null && typeof said === "object" ? (said as Record<string, unknown>) : {};
  const word = (key: string) => {
    const value = given[key];
    return typeof value === "string" || typeof value === "number" ? { [key]: String(value) } : {};
  };
  return { ...word("id"), ...word("status"), ...word("reason") };
}

/** The connection was never made, so nothing of the parcel left. */
function neverArrived(cause: Error): boolean {
  const code = (cause.cause as { code?: string } | undefined)?.code ?? "";
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code);
}

/** Milliseconds that `Retry-After` asks for: seconds, or a day and hour (RFC 9110 section 10.2.3). */
function retryAfter(value: string | null): number {
  if (!value) return 0;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}

function outcomeOf({ status = "", reason = "" }: Answer): SendOutcome {
  if (status === "delivered") return { status };
  return status === "failed" ? { status, code: failureCode(reason) } : { status: "waiting" };
}

function failureCode(reason: string): string {
  if (/voice|human|no fax/i.test(reason)) return "fax-is-voice-line";
  if (/busy|no answer/i.test(reason)) return "fax-busy";
  return /invalid|unallocated|not in service/i.test(reason) ? "fax-number-invalid" : "fax-failed";
}

/** A busy line may be free later, a fax that broke off may go through; a wrong number stays wrong. */
const refused = (code: string) =>
  new SendRefused(code, code === "fax-is-voice-line" || code === "fax-number-invalid", { taken: true });

/** Waits, or until nobody waits any more. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
