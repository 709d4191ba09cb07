import type { ConfigDocument, Path } from "./document.ts";
import { type Problem, problemText } from "./problem.ts";

/** A place in one of the files that are read. */
export interface Written {
  readonly document: ConfigDocument;
  readonly at: Path;
}

type Body = Record<string | number, unknown>;

/** Content of ours that is made out of other files, with where each part of it is written. */
export class Built {
  readonly content: Body;
  readonly problems: Problem[] = [];
  readonly warnings: string[] = [];
  readonly #origins: (readonly [at: Path, written: Written])[] = [];

  /** Begins with what our own file says: that stays. */
  constructor(own: Readonly<Record<string, unknown>>) {
    this.content = structuredClone(own);
  }

  /** What stands at a path so far. */
  at(path: Path): unknown {
    return path.reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? (value as Body)[step] : undefined),
      this.content,
    );
  }

  /** Puts a value that is written somewhere; maps above it are made. */
  put(path: Path, value: unknown, written?: Written): void {
    let above = this.content;
    for (const step of path.slice(0, -1)) {
      if (typeof above[step] !== "object" || above[step] === null) above[step] = {};
      above = above[step] as Body;
    }
    above[path.at(-1) as string] = value;
    if (written !== undefined) this.#origins.push([path, written]);
  }

  /** Says where a part of something that was put is written. */
  written(path: Path, written: Written): void {
    this.#origins.push([path, written]);
  }

  problem({ document, at }: Written, sentence: string): void {
    this.problems.push({ ...document.positionOf(at), sentence: `${at.join(".")}: ${sentence}` });
  }

  warn({ document, at }: Written, sentence: string): void {
    this.warnings.push(problemText({ ...document.positionOf(at), sentence: `${at.length === 0 ? "" : `${at.join(".")}: `}${sentence}` }));
  }

  /** Tells our own file where its borrowed parts come from. */
  graftOn(document: ConfigDocument): void {
    for (const [at, written] of this.#origins) document.graft(at, written.document, written.at);
  }
}
