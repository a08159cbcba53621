/** Elements of the picture. Everything written into it is escaped here and nowhere else. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Paper and ink: every colour has a second sign (pattern, mark or word) beside it. */
export const ink = {
  text: "#1b2a33",
  faint: "#5b6b75",
  line: "#c9d3d9",
  band: "#eef3f6",
  bar: "#1f5f7a",
  ended: "#8a4b12",
  cost: "#6b6b6b",
  mark: "#9b1c31",
};

type Style = {
  size?: number;
  weight?: number;
  fill?: string;
  anchor?: "start" | "middle" | "end";
  halo?: boolean;
};

export function label(x: number, y: number, words: string, style: Style = {}): string {
  const { size = 11, weight = 400, fill = ink.text, anchor = "start", halo = false } = style;
  const edge = halo ? ' paint-order="stroke" stroke="#ffffff" stroke-width="3"' : "";
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${edge}>${escaped(words)}</text>`;
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke = ink.line,
  dash = "",
  width = 1,
): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`;
}

export function box(x: number, y: number, width: number, height: number, fill: string, more = ""): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 2))}" height="${height}" fill="${fill}"${more}/>`;
}

export const round = (n: number): number => Math.round(n * 10) / 10;

/** Rough width of a text, for fitting; letters of the fonts named below are about half as wide as high. */
export const widthOf = (words: string, size = 11): number => words.length * size * 0.53;

/** Shortens a text to a width, with an ellipsis. */
export function shortened(words: string, width: number, size = 11): string {
  const most = Math.floor(width / (size * 0.53));
  return words.length <= most ? words : `${words.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

export const patterns =
  `<defs><pattern id="ended" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f3e3d3"/><line x1="0" y1="0" x2="0" y2="6" stroke="${ink.ended}" stroke-width="2.4"/></pattern>` +
  `<pattern id="cost" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#efefef"/><circle cx="2" cy="2" r="1.1" fill="${ink.cost}"/></pattern></defs>`;

export function picture(
  width: number,
  height: number,
  title: string,
  description: string,
  body: readonly string[],
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Math.ceil(height)}" width="${width}" height="${Math.ceil(height)}" role="img" aria-labelledby="timeline-title timeline-desc" font-family="'Source Sans 3','Source Sans Pro','Liberation Sans',Helvetica,Arial,sans-serif">` +
    `<title id="timeline-title">${escaped(title)}</title><desc id="timeline-desc">${escaped(description)}</desc>` +
    `${patterns}<rect width="${width}" height="${Math.ceil(height)}" fill="#ffffff"/>${body.join("")}</svg>`
  );
}
