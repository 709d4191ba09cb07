import type { PlantInfo, RunningAnswer } from "#contract/plant.ts";
import { ageText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { powerText } from "./figures.ts";

type Plant = Pick<PlantInfo, "name" | "pulseKw" | "pulsesPerKwh" | "intervalMinutes">;

/** How the running interval stands to the level that raises the bill; the sign stands beside the words. */
export interface Verdict {
  readonly tone: "good" | "warn" | "bad";
  readonly sign: "✓" | "!" | "✕";
  readonly words: string;
}

/** "quarter", "half-hour", "hour": what people in a plant call the interval that runs. */
export function shortNoun(minutes: number): string {
  if (minutes === 15) return "quarter";
  if (minutes === 30) return "half-hour";
  return minutes === 60 ? "hour" : "interval";
}

/**
 * The first line of the page: "Drawing 388 kW; this quarter will end near 394 kW, 7 kW under the level that raises the bill."
 * Missing: what is not known is said with the reason, and never as a number.
 */
export function answerSentence(running: RunningAnswer, plant: Plant): string {
  const unheard = unheardSentence(running, plant);
  if (unheard !== undefined) return unheard;
  const noun = shortNoun(plant.intervalMinutes);
  const drawing = running.live.kw === null ? "" : `Drawing ${powerText(running.live.kw, running.live.plusMinusKw)}; `;
  if (running.projection.kw === null) return `${drawing}${early(drawing, noun)}`;
  const end = `this ${noun} will end near ${powerText(running.projection.kw, running.projection.plusMinusKw)}`;
  const verdict = verdictOf(running, plant);
  return capital(`${drawing}${end}${verdict === undefined ? "" : `, ${verdict.words}`}.`);
}

const early = (drawing: string, noun: string): string =>
  `${drawing === "" ? "It is" : "it is"} too early to say where this ${noun} will end.`;

/** Why there is nothing to say, where there is nothing. */
function unheardSentence(running: RunningAnswer, plant: Plant): string | undefined {
  const { live, interval } = running;
  if (plant.pulsesPerKwh === null && live.kw === null && interval.energyKwh === null) {
    const count = interval.pulses;
    const pulses =
      count === null || count === 0
        ? "Pulses are kept"
        : `${count} ${count === 1 ? "pulse" : "pulses"} came in this ${shortNoun(plant.intervalMinutes)}`;
    return live.atMs === null && (count === null || count === 0)
      ? `No pulse of ${plant.name} has come yet, and no kWh per pulse is set.`
      : `${pulses}, but no kWh per pulse is set yet: set it, and the demand is right backwards too.`;
  }
  if (live.atMs === null && interval.energyKwh === null) return `No pulse of ${plant.name} has come yet.`;
  if (!live.stale || live.ageMs === null) return undefined;
  const last = live.kw === null ? "" : ` It drew ${powerText(live.kw, live.plusMinusKw)} then.`;
  return `No pulse of ${plant.name} for ${ageText(live.ageMs)}; where this ${shortNoun(plant.intervalMinutes)} will end is not known.${last}`;
}

/** Under, near or over the level that raises the bill. Missing: undefined without a tariff or a projection. */
export function verdictOf(running: RunningAnswer, plant: Plant): Verdict | undefined {
  const level = running.levels.find((one) => one.level === "raises-bill");
  const { kw, plusMinusKw } = running.projection;
  if (level === undefined) return undefined;
  if (level.passed) return { tone: "bad", sign: "✕", words: `already past the level that raises the bill${nowCost(running)}` };
  if (kw === null) return undefined;
  const under = level.kw - kw;
  const distance = powerText(Math.abs(under), Math.abs(under) < 1 ? 0.5 : plusMinusKw);
  if (under < 0) return { tone: "bad", sign: "✕", words: `${distance} over the level that raises the bill${nowCost(running)}` };
  const words = `${distance} under the level that raises the bill`;
  // Within what the projection is usually off by, under may yet become over.
  if (under <= (plusMinusKw ?? 0) || under <= (plant.pulseKw ?? 0) / 2) return { tone: "warn", sign: "!", words: `only ${words}` };
  return { tone: "good", sign: "✓", words };
}

function nowCost(running: RunningAnswer): string {
  const cost = running.projection.cost?.now;
  return cost === undefined || Number(cost) === 0 ? "" : `, for ${moneyText(cost, running.currency)} now`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
