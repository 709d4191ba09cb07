import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { DemandBasis } from "#tariffs/bill.ts";

/** Why billing demand is what it is, in sentences. */
export function demandWords(demand: DemandBasis | undefined, zone: Zone): string[] {
  if (demand === undefined) return [];
  return [ruleSentence(demand, zone), ...ratchetSentence(demand, zone), ...uncertainSentence(demand)];
}

function ruleSentence(demand: DemandBasis, zone: Zone): string {
  const billed = kw(demand.billedKw);
  switch (demand.rule) {
    case "metered":
      return `Billing demand is ${billed}: ${meteredWords(demand)}.`;
    case "ratchet":
      return `Billing demand is ${billed}: the ratchet of the period from ${dated(demand.ratchetFromMs, zone)} holds it above the metered ${kw(demand.meteredKw)}.`;
    case "minimum":
      return `Billing demand is ${billed}: the least that is billed. ${kw(demand.meteredKw)} were metered.`;
    case "none":
      return "No interval of this period sets a demand yet.";
  }
}

function meteredWords({ peaks }: DemandBasis): string {
  const [first, ...more] = peaks;
  if (first === undefined) return "nothing was metered";
  if (more.length === 0) return "the highest interval";
  return `the mean of the ${peaks.length} highest intervals, ${peaks.map((peak) => peak.kw.toFixed(1)).join(", ")} kW`;
}

function ratchetSentence(demand: DemandBasis, zone: Zone): string[] {
  if (demand.ratchetFromMs === undefined || !(demand.ratchetKw > 0)) return [];
  const until = demand.ratchetUntilMs === undefined ? "" : `; it counts until the period from ${dated(demand.ratchetUntilMs, zone)}`;
  return [`The ratchet stands at ${kw(demand.ratchetKw)}, set by the period from ${dated(demand.ratchetFromMs, zone)}${until}.`];
}

function uncertainSentence({ uncertain }: DemandBasis): string[] {
  return uncertain === undefined
    ? []
    : [`Metered demand is not certain: it lies between ${kw(uncertain.lowKw)} and ${kw(uncertain.highKw)}.`];
}

const kw = (value: number): string => (Number.isNaN(value) ? "not known" : `${value.toFixed(1)} kW`);
const dated = (tMs: number | undefined, zone: Zone): string => (tMs === undefined ? "an earlier one" : dateText(tMs, zone));
