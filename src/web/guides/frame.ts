import { frameWords, type Place, renderFrame } from "#guide";
import { asset } from "../assets.ts";
import type { Ctx, WorkbenchOptions } from "../workbench.ts";

/** Where public pages are served, as this request sees it. */
export function placeOf(c: Ctx, options: Pick<WorkbenchOptions, "today" | "secure">): Place {
  return {
    origin: `${options.secure ? "https" : "http"}://${c.req.header("host") ?? "localhost"}`,
    styles: [asset("redress.css"), asset("guide.css")],
    card: asset("card.png"),
    today: options.today(),
  };
}

/** A public page that is no guide, in the same frame. */
export function framed(
  place: Place,
  page: { title: string; description: string; path: string; main: string; listed?: boolean },
): string {
  const { nav, footer } = frameWords.en;
  const { title, description, main, path, listed = true } = page;
  return renderFrame(
    { language: "en", title, description, canonical: path, listed, nav, footer, main },
    place,
  );
}
