/**
 * @module knowledge — loads and checks knowledge/; an error names file and line; wrong knowledge fails the build.
 */
export { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
export { type Area, loadArea, packageRoot } from "./load.ts";
