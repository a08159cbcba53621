import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { App } from "./workbench.ts";

const folder = path.join(import.meta.dirname, "assets");
const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Styles, scripts and letters of the pages, in memory, by the address that carries their hash. */
const files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();
const addresses = new Map<string, string>();

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const type = types[path.extname(entry.name)];
  if (!entry.isFile() || !type) continue;
  const file = path.join(entry.parentPath, entry.name);
  const name = path.relative(folder, file).replaceAll("\\", "/");
  const bytes = new Uint8Array(readFileSync(file));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  // Fonts are named from the style sheet, which does not know their hash; they never change under one name.
  const address = name.startsWith("fonts/") ? name : `${hash}/${name}`;
  files.set(address, { bytes, type });
  addresses.set(name, `/assets/${address}`);
}

/** Address of a file in `assets/`; changes when the file does. */
export function asset(name: string): string {
  const address = addresses.get(name);
  if (!address) throw new RangeError(`there is no asset ${name}`);
  return address;
}

/** Every file with its address, for a static copy of the public pages. */
export function* assetFiles(): Generator<{ address: string; bytes: Uint8Array }> {
  for (const [address, { bytes }] of files) yield { address: `assets/${address}`, bytes };
}

export function assetRoutes(app: App): void {
  app.get("/assets/:path{.+}", (c) => {
    const found = files.get(c.req.param("path"));
    if (!found) return c.notFound();
    c.header("Content-Type", found.type);
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    return c.body(found.bytes);
  });
}
