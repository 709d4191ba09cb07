import type { Zone } from "#calendar/zone.ts";
import { monitorInstant } from "./monitor-time.ts";
import { OldProblem } from "./old-problem.ts";

const UNPROCESSABLE = 422;
const SHOWN_CHARACTERS = 100;
const LONGEST = 500;

type Given = Readonly<Record<string, string | undefined>>;

interface Problem {
  readonly type: string;
  readonly loc: readonly ["query", string];
  readonly msg: string;
  readonly input: string | null;
  readonly ctx?: Readonly<Record<string, number>>;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** Parameters of an old route, read as its framework read them: every problem is collected, and told at once with status 422. */
export class StationQuery {
  readonly #given: Given;
  readonly #problems: Problem[] = [];

  constructor(given: Given) {
    this.#given = given;
  }

  /** Missing: undefined where it is left out. */
  text(name: string): string | undefined {
    const given = this.#given[name];
    if (given !== undefined && given.length > LONGEST)
      this.#say(name, "string_too_long", { msg: `String should have at most ${LONGEST} characters` });
    return given;
  }

  /** The first of some spellings of one parameter. Missing: a problem of the first, and an empty text. */
  needed(...names: readonly [string, ...string[]]): string {
    const found = names.map((name) => this.text(name)).find((text) => text !== undefined);
    if (found === undefined) this.#say(names[0], "missing", { msg: "Field required" });
    return found ?? "";
  }

  whole(name: string, bounds: Bounds): number {
    const given = this.#given[name];
    if (given === undefined) return bounds.usual;
    if (!/^\s*[+-]?\d{1,15}(\.0+)?\s*$/.test(given))
      return this.#refused(name, "int_parsing", "Input should be a valid integer, unable to parse string as an integer");
    return this.#bounded(name, Number(given), bounds);
  }

  /** Missing: undefined where it is left out. */
  number(name: string, least: number): number | undefined {
    const given = this.#given[name];
    if (given === undefined) return undefined;
    const value = given.trim() === "" ? Number.NaN : Number(given);
    if (!Number.isFinite(value))
      return this.#refused(name, "float_parsing", "Input should be a valid number, unable to parse string as a number");
    return this.#bounded(name, value, { least, most: Number.POSITIVE_INFINITY });
  }

  /** An instant; without an offset by the clock of the site. Missing: undefined where it is left out. */
  instant(name: string, zone: Zone): number | undefined {
    try {
      return monitorInstant(this.#given[name], name, zone, name === "end" ? "later" : "earlier");
    } catch (error) {
      if (!(error instanceof OldProblem)) throw error;
      return this.#refused(name, "datetime_from_date_parsing", "Input should be a valid datetime or date");
    }
  }

  /** Errors: 422 with every problem. */
  check(): void {
    if (this.#problems.length > 0) throw new OldProblem(UNPROCESSABLE, this.#problems);
  }

  #bounded(name: string, value: number, { least, most }: Omit<Bounds, "usual">): number {
    if (value < least)
      this.#say(name, "greater_than_equal", { msg: `Input should be greater than or equal to ${least}`, ctx: { ge: least } });
    if (value > most) this.#say(name, "less_than_equal", { msg: `Input should be less than or equal to ${most}`, ctx: { le: most } });
    return value;
  }

  #refused(name: string, type: string, msg: string): number {
    this.#say(name, type, { msg });
    return Number.NaN;
  }

  #say(name: string, type: string, { msg, ctx }: Pick<Problem, "msg" | "ctx">): void {
    const input = this.#given[name]?.slice(0, SHOWN_CHARACTERS) ?? null;
    this.#problems.push({ type, loc: ["query", name], msg, input, ...(ctx === undefined ? {} : { ctx }) });
  }
}
