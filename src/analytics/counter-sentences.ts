import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { CounterDecision, CounterEvent } from "./counter-events.ts";

const DECIDED: Record<CounterDecision, string> = {
  blip: "nonsense for a moment",
  reset: "a register that began again at 0",
  rollover: "a register that passed its end",
  swap: "another meter",
  real: "consumption",
};

interface Told {
  readonly shownKwh: number;
  readonly decision?: CounterDecision | undefined;
  /** How long it had stood still. */
  readonly stillMs?: number | undefined;
}

/** One sentence for a person: what the register did, and what is made of it. `shownKwh` is its reading at the event. */
export function sentenceOf(event: Omit<CounterEvent, "sentence">, { shownKwh, decision, stillMs = 0 }: Told): string {
  const { beforeKwh, afterKwh, countedKwh, open } = event;
  const went = `The register went from ${kwh(beforeKwh)} to ${kwh(shownKwh)}`;
  if (event.pending) return `${went}; whether it stays there is not known yet, so nothing is counted until more readings came.`;
  if (decision !== undefined) {
    return `${went}; somebody decided that this was ${DECIDED[decision]}, so ${counted(countedKwh)}.`;
  }
  switch (event.kind) {
    case "blip":
      return `${went} for a moment and back to ${kwh(afterKwh)}; ${counted(countedKwh)}.`;
    case "jitter":
      return `The last digit went back from ${kwh(beforeKwh)} to ${kwh(shownKwh)}; nothing is counted until the register goes on.`;
    case "reset":
      return open
        ? `${went} and stayed there; what was used in between is not known, and nothing is counted for it until somebody decides.`
        : `${went}: it began again at 0, and ${counted(countedKwh)}.`;
    case "rollover":
      return `${went}: it passed its end, and ${counted(countedKwh)}.`;
    case "swap":
      return `${went}: another meter was put in, and ${counted(countedKwh)}.`;
    case "implausible":
      return `${went}, which is more than the connection can deliver in that time; nothing is counted for it until somebody decides.`;
    case "caught-up": {
      const stood = `The register stood still at ${kwh(beforeKwh)} for ${time(stillMs)} and then went to ${kwh(shownKwh)}`;
      return open
        ? `${stood}, far more than it counts around that time; ${counted(countedKwh)} unless somebody decides otherwise.`
        : `${stood}; ${counted(countedKwh)} as used in that time.`;
    }
  }
}

function time(ms: number): string {
  return ms < 2 * HOUR_MS ? `${Math.round(ms / MINUTE_MS)} minutes` : `${Math.round(ms / HOUR_MS)} hours`;
}

function counted(value: number): string {
  return value > 0 ? `${kwh(value)} are counted` : "nothing is counted";
}

function kwh(value: number): string {
  return `${Number(value.toFixed(4))} kWh`;
}
