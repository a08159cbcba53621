import { SendRefused, type Transport } from "#case";

/** A fax provider's HTTP interface: one POST takes the papers, one GET tells how it went. */
export type FaxProvider = {
  /** Where faxes are posted; the answer's `id` is appended to ask for the outcome. */
  url: string;
  token: string;
  /** Milliseconds between two questions. */
  poll?: number;
};

type Answer = { id?: string; status?: string; reason?: string };

/**
 * Fax through a provider. The parcel's key goes as `Idempotency-Key`, so that a repeated POST after a lost answer is not
 * a second fax. Waits until the provider says delivered or failed.
 */
export function faxTransport(provider: FaxProvider): Transport {
  return async (parcel, signal) => {
    const form = new FormData();
    form.set("to", parcel.to.replace(/[^\d+]/g, ""));
    form.set("part", `${parcel.part.number} of ${parcel.part.of}`);
    for (const { name, bytes } of parcel.papers) {
      form.append("file", new Blob([bytes.slice()], { type: "application/pdf" }), name);
    }
    const headers = { authorization: `Bearer ${provider.token}` };
    const posted = await ask(provider.url, {
      method: "POST",
      body: form,
      signal,
      headers: { ...headers, "idempotency-key": parcel.key },
    });
    if (!posted.id) throw new SendRefused("send-failed", false);
    for (let answer = posted; ; answer = await ask(`${provider.url}/${posted.id}`, { headers, signal })) {
      if (answer.status === "delivered") return { number: posted.id, status: "delivered" };
      if (answer.status === "failed") throw failure(answer.reason ?? "");
      await pause(provider.poll ?? 3_000, signal);
    }
  };
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, redirect: "error" }).catch(() => {
    throw new SendRefused("send-failed", false);
  });
  if (response.status === 401 || response.status === 403) throw new SendRefused("login-refused", true);
  if (response.status === 413) throw new SendRefused("packet-over-limit", true);
  if (!response.ok) throw new SendRefused("send-failed", response.status < 500 && response.status !== 429);
  return (await response.json().catch(() => ({}))) as Answer;
}

function failure(reason: string): SendRefused {
  if (/voice|human|no fax/i.test(reason)) return new SendRefused("fax-is-voice-line", true);
  if (/busy|no answer/i.test(reason)) return new SendRefused("fax-busy", false);
  if (/invalid|unallocated|not in service/i.test(reason)) return new SendRefused("fax-number-invalid", true);
  return new SendRefused("send-failed", false);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(new SendRefused("send-failed", false));
      },
      { once: true },
    );
  });
}
