import { type AlertState, CLEAR, type Judgement, type Notice, type Observation } from "./alert.ts";
import type { Rule } from "./rule.ts";
import type { Words } from "./words.ts";

/** A rule, what it sees of one subject, and what it remembers of it. */
export interface Case<R extends Rule = Rule> {
  readonly rule: R;
  readonly observation: Observation;
  readonly state: AlertState;
  readonly nowMs: number;
}

/**
 * Where a value lies: beyond the limit, inside it by the hysteresis, or between, where what was goes on. `unknown` decides nothing.
 */
export type Place = "beyond" | "between" | "inside" | "unknown";

export interface Telling {
  /** How long it has to be beyond before anybody is told. */
  readonly forMs?: number;
  /** Said when it begins, and again while it lasts. */
  readonly fired: () => Words;
  /** Said once it is over; `lastedMs` is since it fired. */
  readonly cleared: (lastedMs: number) => Words;
}

/**
 * The one way from state to state: clear, beyond for long enough, told, inside again, told once more. A clock that was set back
 * begins a wait anew, and tells nothing twice.
 */
export function stand(of: Case, place: Place, { forMs = 0, fired, cleared }: Telling): Judgement {
  const { state, nowMs } = of;
  if (place === "unknown") return { state, notices: [] };
  if (state.standing === "firing") return place === "inside" ? clear(of, cleared) : again(of, fired);
  if (place !== "beyond") return { state: state.standing === "clear" ? state : { ...CLEAR, sinceMs: nowMs }, notices: [] };
  const sinceMs = state.standing === "pending" ? Math.min(state.sinceMs, nowMs) : nowMs;
  if (nowMs - sinceMs < forMs) return { state: { standing: "pending", sinceMs }, notices: [] };
  return {
    state: { standing: "firing", sinceMs: nowMs, lastToldMs: nowMs },
    notices: [noticeOf(of, "fired", fired())],
  };
}

/** It is over. */
export function clear(of: Case, words: Telling["cleared"]): Judgement {
  const { state, nowMs } = of;
  const lastedMs = Math.max(0, nowMs - state.sinceMs);
  const told = state.toldIntervals === undefined ? {} : { toldIntervals: state.toldIntervals };
  return { state: { standing: "clear", sinceMs: nowMs, ...told }, notices: [noticeOf(of, "cleared", words(lastedMs))] };
}

/** It lasts: told again as often as the rule asks. */
function again(of: Case, words: Telling["fired"]): Judgement {
  const { state, nowMs } = of;
  const lastToldMs = Math.min(state.lastToldMs ?? state.sinceMs, nowMs);
  if (isRepeatDue(of)) return { state: { ...state, lastToldMs: nowMs }, notices: [noticeOf(of, "repeated", words())] };
  return { state: lastToldMs === state.lastToldMs ? state : { ...state, lastToldMs }, notices: [] };
}

/** Whether an alert that lasts is to be told once more, as its rule says. */
export function isRepeatDue({ rule, state, nowMs }: Case): boolean {
  return rule.repeatMs !== undefined && nowMs - (state.lastToldMs ?? state.sinceMs) >= rule.repeatMs;
}

/** What is told of an observation by a rule, now. */
export function noticeOf({ rule, observation, nowMs }: Case, what: Notice["what"], { title, text }: Words): Notice {
  const { subject, value, unit } = observation;
  return { what, rule: rule.id, subject, severity: rule.severity, title, text, value, unit, tMs: nowMs };
}

/** Where a value lies of limits that it may not exceed or fall short of. */
export function placeOf(value: number, limits: { readonly above?: number; readonly below?: number; readonly hysteresis: number }): Place {
  const { above = Number.POSITIVE_INFINITY, below = Number.NEGATIVE_INFINITY, hysteresis } = limits;
  if (Number.isNaN(value)) return "unknown";
  if (value > above || value < below) return "beyond";
  // With limits closer together than the hysteresis nothing would ever be inside: then the middle is.
  const inner = Math.min(hysteresis, (above - below) / 2);
  return value <= above - inner && value >= below + inner ? "inside" : "between";
}
