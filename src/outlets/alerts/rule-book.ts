import { BUILT_IN_IDS } from "#alerts/built-in.ts";
import { AlertProblem } from "#alerts/desk.ts";
import type { Rule } from "#alerts/rule.ts";
import type { Declared } from "#sites/registry.ts";
import type { AlertMemory } from "#store/records.ts";

/** A rule with where it comes from. */
export interface BookedRule {
  readonly rule: Rule;
  readonly from: "file" | "page" | "built-in";
  readonly declared?: Declared;
}

/** Every rule there is: built in, of the file, of pages, and until when each is muted. */
export class RuleBook {
  readonly #fixed: ReadonlyMap<string, BookedRule>;
  readonly #ofPages = new Map<string, Rule>();
  readonly #mutes = new Map<string, number>();

  constructor(fixed: readonly BookedRule[], memory: Pick<AlertMemory, "rules" | "mutes">) {
    this.#fixed = new Map(fixed.map((one) => [one.rule.id, one]));
    for (const { id, rule } of memory.rules) this.#ofPages.set(id, JSON.parse(rule) as Rule);
    for (const { rule, untilMs } of memory.mutes) this.#mutes.set(rule, untilMs);
  }

  /** A rule that the file has meanwhile counts before one a page made. */
  all(): BookedRule[] {
    const ofPages = [...this.#ofPages.values()].filter(({ id }) => !this.#fixed.has(id));
    return [...this.#fixed.values(), ...ofPages.map((rule) => ({ rule, from: "page" as const }))];
  }

  /** Errors: AlertProblem `unknown-rule`. */
  get(id: string): BookedRule {
    const found = this.all().find(({ rule }) => rule.id === id);
    if (found === undefined) throw new AlertProblem("unknown-rule", id);
    return found;
  }

  /** Errors: AlertProblem `not-of-the-page` for a rule of the file and for a built-in one. */
  checkOfPage(id: string): void {
    const fixed = this.#fixed.get(id);
    if (fixed !== undefined || BUILT_IN_IDS.has(id)) throw new AlertProblem("not-of-the-page", id, fixed?.declared);
  }

  save(rule: Rule): void {
    this.#ofPages.set(rule.id, rule);
  }

  remove(id: string): void {
    this.#ofPages.delete(id);
  }

  /** Missing: undefined where the rule is not muted at that instant. */
  mutedUntilMs(rule: string, nowMs: number): number | undefined {
    const untilMs = this.#mutes.get(rule);
    return untilMs !== undefined && untilMs > nowMs ? untilMs : undefined;
  }

  mute(rule: string, untilMs: number | undefined): void {
    if (untilMs === undefined) this.#mutes.delete(rule);
    else this.#mutes.set(rule, untilMs);
  }
}
