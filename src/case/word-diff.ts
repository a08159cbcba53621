/** Two texts as words that stayed, went and came; the shortest way from one to the other. */
export function wordDiff(was: string, now: string): { kind: "same" | "gone" | "new"; text: string }[] {
  const [a, b] = [was.split(/(?<=\s)/), now.split(/(?<=\s)/)];
  const most = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      most[i]![j] = a[i] === b[j] ? most[i + 1]![j + 1]! + 1 : Math.max(most[i + 1]![j]!, most[i]![j + 1]!);
  const pieces: { kind: "same" | "gone" | "new"; text: string }[] = [];
  const put = (kind: "same" | "gone" | "new", text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put("same", a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || most[i + 1]![j]! >= most[i]![j + 1]!)) put("gone", a[i++]!);
    else put("new", b[j++]!);
  }
  return pieces;
}
