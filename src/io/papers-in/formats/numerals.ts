/** List numbers as letters and Roman numerals. */

/** A list number as its type writes it. */
export function numeral(number: number, type: string): string {
  if (type === "a" || type === "A") {
    const letters = letterNumeral(number);
    return type === "a" ? letters : letters.toUpperCase();
  }
  if (type === "i") return romanNumeral(number);
  return type === "I" ? romanNumeral(number).toUpperCase() : String(number);
}

function letterNumeral(number: number): string {
  let rest = number;
  let letters = "";
  while (rest > 0) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

const romans: [number, string][] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

function romanNumeral(number: number): string {
  let rest = number;
  let letters = "";
  for (const [value, sign] of romans) {
    while (rest >= value && letters.length < 20) {
      letters += sign;
      rest -= value;
    }
  }
  return letters;
}
