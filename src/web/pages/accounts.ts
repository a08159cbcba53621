import type { Say } from "../texts.ts";
import { html, icon, type Markup, when } from "./markup.ts";

/** `back`: a path of ours to go on to afterwards. */
export function signIn(say: Say, problem: string | null, back = "/"): Markup {
  return html`<h1>${say("sign.title")}</h1>
${when(problem, () => html`<p class="issue issue-error" role="alert">${icon("not-met")} ${problem}</p>`)}
<form method="post" action="/sign-in" class="stack"><input type="hidden" name="back" value="${back}">
<label for="name">${say("sign.name")}</label><input id="name" name="name" type="email" required autocomplete="username">
<label for="password">${say("sign.password")}</label><input id="password" name="password" type="password" required minlength="12" autocomplete="current-password" aria-describedby="password-hint">
<p class="hint" id="password-hint">${say("sign.hint")}</p>
<div class="row"><button class="primary" name="do" value="sign-in">${say("sign.in")}</button>
<button name="do" value="register">${say("sign.up")}</button></div></form>`;
}
