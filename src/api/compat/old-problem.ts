/** What the old dashboard answers to a question it cannot answer: a status and a text under `detail`. */
export class OldProblem extends Error {
  readonly status: number;
  readonly detail: unknown;
  constructor(status: number, detail: unknown) {
    super(typeof detail === "string" ? detail : "The question cannot be answered.");
    this.name = "OldProblem";
    this.status = status;
    this.detail = detail;
  }
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** A whole number of the query, held within its bounds. Errors: 422 for what is no whole number. */
export function clamped(text: string | undefined, name: string, { least, most, usual }: Bounds): number {
  if (text === undefined) return Math.max(least, Math.min(usual, most));
  if (!/^\s*[+-]?\d{1,15}\s*$/.test(text)) {
    const msg = "Input should be a valid integer, unable to parse string as an integer";
    throw new OldProblem(422, [{ type: "int_parsing", loc: ["query", name], msg, input: text.slice(0, 100) }]);
  }
  return Math.max(least, Math.min(Number(text), most));
}
