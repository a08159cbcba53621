import type { MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie";
import { type Language, languages, speaker } from "./texts.ts";
import type { Ctx, Env, Workbench } from "./workbench.ts";

const SESSION = "redress-session";
const LANGUAGE = "redress-language";
const FORTNIGHT = 14 * 86_400;

/** Who asks, and in which language to answer. On one's own machine there is one person and no sign-in. */
export function whoAsks(bench: Workbench): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set("hosted", bench.mode === "hosted");
    c.set("say", speaker(languageOf(c)));
    c.set("account", bench.mode === "local" ? await bench.store.accounts.local() : await signedIn(c, bench));
    return next();
  };
}

async function signedIn(c: Ctx, bench: Workbench) {
  const token = await getSignedCookie(c, cookieSecret(bench), SESSION);
  return token ? bench.store.accounts.accountOf(token) : null;
}

export async function startSession(c: Ctx, bench: Workbench, account: string): Promise<void> {
  const token = await bench.store.accounts.openSession(account);
  await setSignedCookie(c, SESSION, token, cookieSecret(bench), {
    httpOnly: true,
    sameSite: "Strict",
    secure: bench.secure,
    path: "/",
    maxAge: FORTNIGHT,
  });
}

export async function endSession(c: Ctx, bench: Workbench): Promise<void> {
  const token = await getSignedCookie(c, cookieSecret(bench), SESSION);
  if (token) await bench.store.accounts.closeSession(token);
  deleteCookie(c, SESSION, { path: "/" });
}

export function keepLanguage(c: Ctx, bench: Workbench, language: Language): void {
  setCookie(c, LANGUAGE, language, {
    httpOnly: true,
    sameSite: "Strict",
    secure: bench.secure,
    path: "/",
    maxAge: 400 * 86_400,
  });
}

/** Chosen by hand, else what the browser asks for first, else English. */
function languageOf(c: Ctx): Language {
  const chosen = getCookie(c, LANGUAGE);
  if (chosen && Object.hasOwn(languages, chosen)) return chosen as Language;
  const first = (c.req.header("accept-language") ?? "").slice(0, 2).toLowerCase();
  return first === "es" ? "es" : "en";
}

function cookieSecret(bench: Workbench): string {
  return Buffer.from(bench.store.cookieKey).toString("base64");
}
