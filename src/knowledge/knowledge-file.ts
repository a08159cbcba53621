import path from "node:path";

/** A file of knowledge as text; `path` is relative to the package, with forward slashes. */
export type KnowledgeFile = { path: string; text: string };

/** Wrong knowledge. Fails the build, so that users never meet it. */
export class KnowledgeError extends Error {
  override readonly name = "KnowledgeError";
  readonly file: string;
  readonly line: number;
  constructor(file: string, line: number, problem: string, remedy: string) {
    super(`${file}:${line}: ${problem}\n  remedy: ${remedy}`);
    this.file = file;
    this.line = line;
  }
}

export function relativeTo(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}
