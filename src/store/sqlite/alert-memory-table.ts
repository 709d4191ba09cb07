import type { AlertChange, AlertMemory } from "#store/records.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

/** What rules remember between two looks, which are muted, and those that pages made. */
export class AlertMemoryTable {
  readonly #states: Statement<AlertMemory["states"][number]>;
  readonly #mutes: Statement<AlertMemory["mutes"][number]>;
  readonly #rules: Statement<AlertMemory["rules"][number]>;
  readonly #saveState: Statement<never>;
  readonly #forgetState: Statement<never>;
  readonly #mute: Statement<never>;
  readonly #unmute: Statement<never>;
  readonly #saveRule: Statement<never>;
  readonly #removeRule: Statement<never>;

  constructor(db: Database) {
    this.#states = prepare(db, "SELECT rule, subject, state FROM alert_state ORDER BY rule, subject");
    this.#mutes = prepare(db, "SELECT rule, until_ms AS untilMs FROM alert_mute ORDER BY rule");
    this.#rules = prepare(db, "SELECT id, rule, who, made_ms AS madeMs FROM alert_rule ORDER BY id");
    this.#saveState = prepare(db, "INSERT OR REPLACE INTO alert_state (rule, subject, state) VALUES (?, ?, ?)");
    this.#forgetState = prepare(db, "DELETE FROM alert_state WHERE rule = ? AND subject = ?");
    this.#mute = prepare(db, "INSERT OR REPLACE INTO alert_mute (rule, until_ms) VALUES (?, ?)");
    this.#unmute = prepare(db, "DELETE FROM alert_mute WHERE rule = ?");
    this.#saveRule = prepare(db, "INSERT OR REPLACE INTO alert_rule (id, rule, who, made_ms) VALUES (?, ?, ?, ?)");
    this.#removeRule = prepare(db, "DELETE FROM alert_rule WHERE id = ?");
  }

  // Rows of the driver have no prototype, and travel to another thread: plain objects are handed on.
  all(): AlertMemory {
    return {
      states: this.#states.all().map((row) => ({ ...row })),
      mutes: this.#mutes.all().map((row) => ({ ...row })),
      rules: this.#rules.all().map((row) => ({ ...row })),
    };
  }

  change({ atMs, states = [], mutes = [], rules = [] }: AlertChange): void {
    for (const { rule, subject, state } of states) {
      if (state === null) this.#forgetState.run(rule, subject);
      else this.#saveState.run(rule, subject, state);
    }
    for (const { rule, untilMs } of mutes) {
      if (untilMs === null) this.#unmute.run(rule);
      else this.#mute.run(rule, untilMs);
    }
    for (const { id, rule, who } of rules) {
      if (rule === null) this.#removeRule.run(id);
      else this.#saveRule.run(id, rule, who, atMs);
    }
  }
}
