import type { Comfort } from "#analytics/comfort.ts";
import type { Equipment } from "#buildings/model.ts";
import type { ZoneStanding } from "./building-answers.ts";
import { type Reader, whenText } from "./building-when.ts";

/** A zone as the sentence needs it. */
export interface SaidZone {
  readonly zone: Pick<Equipment, "name">;
  readonly standing: ZoneStanding;
  readonly outsideBy: number;
  readonly sinceMs: number;
  readonly unit: string;
  /** Of the last occupied hours, while the building is closed. */
  readonly lastComfort?: Pick<Comfort, "judgedMs" | "withinTimePct"> | undefined;
}

export interface SaidMoment extends Reader {
  readonly occupied: boolean;
  /** When occupied hours begin next; NaN where never. */
  readonly nextMs: number;
  readonly newestMs: number;
  /** When occupied hours ended, where the building is closed; NaN where nobody knows. */
  readonly closedMs: number;
}

/** How a building is, in one or two sentences. */
export function buildingSentence(zones: readonly SaidZone[], moment: SaidMoment): string {
  if (zones.length === 0) return "No zone has been found yet: no history names a box or a room.";
  const of = (standing: ZoneStanding): number => zones.filter((zone) => zone.standing === standing).length;
  const [inside, outside] = [of("inside"), of("above") + of("below")];
  const known = inside + outside;
  const heard = moment.newestMs > Number.NEGATIVE_INFINITY;
  if (of("silent") === zones.length)
    return heard
      ? `None of ${many(zones.length, "zone")} says anything now; the newest value of the building is of ${whenText(moment.newestMs, moment)}.`
      : "No history of this building has said anything yet.";
  if (known === 0 && of("no-setpoint") > 0)
    return `None of ${many(zones.length, "zone")} can be judged: ${of("no-setpoint") === 1 ? "one has" : `${of("no-setpoint")} have`} a temperature and no setpoint to compare it with.`;
  if (known === 0) return `None of ${many(zones.length, "zone")} can be judged: no temperature among them is to be trusted now.`;
  const rest = others(zones.length - known);
  const all = known === zones.length ? many(known, "zone") : `${known} zones that can be judged`;
  const head =
    outside === 0
      ? `${known === 1 && zones.length === 1 ? "The zone is" : `All ${all} are`} inside ${known === 1 ? "its" : "their"} band${rest}.`
      : `${inside} of ${known === zones.length ? many(zones.length, "zone") : `${known} zones that can be judged`} ${inside === 1 ? "is inside its" : "are inside their"} band${rest}; ${worstText(zones, moment)}.`;
  return moment.occupied ? head : `${head} ${closedText(zones, moment)}${hoursText(moment)}`;
}

function worstText(zones: readonly SaidZone[], moment: SaidMoment): string {
  const worst = zones
    .filter(({ outsideBy }) => Math.abs(outsideBy) > 0)
    .reduce((most, one) => (Math.abs(one.outsideBy) > Math.abs(most.outsideBy) ? one : most));
  const side = worst.outsideBy > 0 ? "above" : "below";
  const since = Number.isNaN(worst.sinceMs) ? "" : ` since ${whenText(worst.sinceMs, moment)}`;
  return `${worst.zone.name} is worst, ${Math.abs(worst.outsideBy).toFixed(1)} ${worst.unit} ${side} it${since}`;
}

function others(count: number): string {
  return count === 0 ? "" : count === 1 ? ", one cannot be judged" : `, ${count} cannot be judged`;
}

/** "Closed since 18:00; comfortable for 93 % of the zone hours of that day, VAV 3-07 least (41 %). " */
function closedText(zones: readonly SaidZone[], moment: SaidMoment): string {
  if (Number.isNaN(moment.closedMs)) return "";
  const since = `Closed since ${whenText(moment.closedMs, moment)}`;
  const judged = zones.flatMap(({ zone, lastComfort: last }) =>
    last === undefined || !(last.judgedMs > 0) ? [] : [{ name: zone.name, ms: last.judgedMs, pct: last.withinTimePct }],
  );
  if (judged.length === 0) return `${since}. `;
  const allMs = judged.reduce((sum, { ms }) => sum + ms, 0);
  const pct = judged.reduce((sum, one) => sum + one.pct * (one.ms / allMs), 0);
  const least = judged.reduce((worst, one) => (one.pct < worst.pct ? one : worst));
  const worst = judged.length > 1 && least.pct < pct ? `, ${least.name} least (${shareText(least.pct)})` : "";
  return `${since}; comfortable for ${shareText(pct)} of the zone hours of that day${worst}. `;
}

/** Never 100 % of what was not quite. */
function shareText(pct: number): string {
  return `${pct > 100 - 1e-9 ? 100 : Math.min(99, Math.round(pct))} %`;
}

function hoursText(moment: SaidMoment): string {
  return Number.isNaN(moment.nextMs)
    ? "Nobody is expected: it has no occupied hours."
    : `Nobody is expected until ${whenText(moment.nextMs, moment)}.`;
}

function many(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
