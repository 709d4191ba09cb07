import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Problem } from "./problem.ts";

export type Path = readonly (string | number)[];

/** Where something stands; lines and columns start at 1. */
export interface Position {
  /** The file itself, or another one that the content was taken from. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A configuration file as data, with the way back from a path to its line. Messages never quote the file: it may hold secrets. */
export class ConfigDocument {
  readonly file: string;
  readonly problems: Problem[] = [];
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #grafts = new Map<string, readonly [from: ConfigDocument, path: Path]>();

  constructor(file: string, text: string) {
    this.file = file;
    this.#document = parseDocument(escaped(text), { lineCounter: this.#lines, prettyErrors: false });
    const [twice, broken] = split(this.#document.errors, (error) => error.code === "DUPLICATE_KEY");
    // What the parser stumbles over after its first fall is no news.
    for (const { code, pos } of [...twice, ...broken.slice(0, 1)]) this.#addSyntaxProblem(code, pos[0]);
    for (const { pos } of this.#document.warnings) this.#addSyntaxProblem("TAG", pos[0]);
    visit(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) === undefined) this.#addSyntaxProblem("ALIAS", offsetOf(alias));
      },
    });
  }

  /** Whether the text could be read at all; where not, `problems` says why. */
  get readable(): boolean {
    return this.problems.every((problem) => problem.sentence.startsWith(TWICE));
  }

  /** Hands every text to `replace` and puts what comes back in its place; `${NAME}` reads as it was written. */
  replaceTexts(replace: (text: string, position: Position) => string): void {
    visit(this.#document, {
      Scalar: (_, scalar) => {
        if (typeof scalar.value === "string") scalar.value = replace(unescaped(scalar.value), this.#at(offsetOf(scalar)));
      },
    });
  }

  /** The file's content; undefined when it is empty. Errors: adds a problem when aliases would blow it up. */
  content(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 }) ?? undefined;
    } catch {
      this.problems.push({ file: this.file, sentence: "The file repeats its anchors too often." });
      return undefined;
    }
  }

  /** What stands at a path was taken from another place: whoever asks for a place at or below it is told that one. */
  graft(path: Path, from: ConfigDocument, written: Path): void {
    this.#grafts.set(keyOf(path), [from, written]);
  }

  /** Position of the value at a path, or of the nearest thing above it that is there. */
  positionOf(path: Path): Position {
    const [document, written] = this.#originOf(path);
    const [node] = document.#walk(written);
    return document.#at(node ? offsetOf(node) : 0);
  }

  /** Position of the key at a path. */
  keyPositionOf(path: Path): Position {
    const [document, written] = this.#originOf(path);
    const [node, key] = document.#walk(written);
    const found = key ?? node;
    return document.#at(found ? offsetOf(found) : 0);
  }

  #originOf(path: Path): [ConfigDocument, Path] {
    for (let length = path.length; length > 0; length--) {
      const graft = this.#grafts.get(keyOf(path.slice(0, length)));
      if (graft) return [graft[0], [...graft[1], ...path.slice(length)]];
    }
    return [this, path];
  }

  #walk(path: Path): [value: Node | undefined, key: Node | undefined] {
    let node: Node | undefined = (this.#document.contents as Node | null) ?? undefined;
    let key: Node | undefined;
    for (const step of path) {
      const next = child(isAlias(node) ? node.resolve(this.#document) : node, step);
      if (!next) return [node, key];
      [node, key] = next;
    }
    return [node, key];
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  #addSyntaxProblem(code: string, offset: number): void {
    this.problems.push({ ...this.#at(offset), sentence: SYNTAX[code] ?? "The YAML cannot be read from here on." });
  }
}

const keyOf = (path: Path): string => path.join("\n");

/** Characters of no script stand for the braces of `${NAME}`, which mean a map to YAML; places in the text stay as they are. */
const escaped = (text: string) => text.replace(/\$\{([^{}\n]*)\}/g, "$\uE000$1\uE001");
const unescaped = (text: string) => text.replace(/\$\uE000([^\uE001]*)\uE001/g, (_, name: string) => `$\{${name}}`);

function split<T>(list: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((one) => !test(one))];
}

const TWICE = "This key is already";

/** Our own words for what the parser says most often; its own may quote the file. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: `${TWICE} there above; keep one of the two.`,
  ALIAS: "A text that begins with * names an anchor, and there is no such anchor; put the text in quotes.",
  TAG: "A text that begins with ! is a YAML tag; put the text in quotes.",
  TAB_AS_INDENT: "YAML is indented with blanks, not with tabs.",
  BAD_INDENT: "This line is indented differently from what it belongs to; is a bracket or quote above it left open?",
  MISSING_CHAR: "A quote, bracket or colon is missing here.",
  UNEXPECTED_TOKEN: "This is not expected here; is a quote, comma or colon missing before it?",
  BAD_SCALAR_START: "A text may not begin with this character; put it in quotes.",
  MULTILINE_IMPLICIT_KEY: "This key spans lines; is a colon missing?",
  BLOCK_AS_IMPLICIT_KEY: "A list or map may not begin on this line; put it below, or in brackets.",
  BAD_ALIAS: "A text that begins with * or & is an alias or anchor; put it in quotes.",
};

function child(node: unknown, step: string | number): [Node | undefined, Node | undefined] | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? [item, undefined] : undefined;
  }
  if (!isMap(node)) return undefined;
  // Of keys that stand twice the last one counts, as in the content.
  const pair = node.items.findLast((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
  return pair && [isNode(pair.value) ? pair.value : (pair.key as Node), pair.key as Node];
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
