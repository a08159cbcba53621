/**
 * True for a well-formed National Provider Identifier: ten digits, the first 1 or 2, the last the Luhn check digit over
 * "80840" and the first nine (45 CFR 162.406; NPI check digit calculation, CMS).
 */
export function isNpi(text: string): boolean {
  return /^[12]\d{9}$/.test(text) && luhnSum(`80840${text}`) % 10 === 0;
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
