import type { MeterLife } from "./meter-life.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MeterSettings, SiteMeters } from "./meter-settings.ts";
import { metersWithin } from "./meters-within.ts";

interface Known {
  readonly settings: SiteMeters;
  readonly node: MeterNode | undefined;
  readonly life: MeterLife | undefined;
  readonly calibrationDays: number;
}

const YEAR_DAYS = 365;

/** What is not known, or should be looked at, to make a meter's numbers better, in words. */
export function needsOf(meter: MeterSettings, { settings, node, life, calibrationDays }: Known): string[] {
  const { what, pattern, unit } = meter;
  const isThere = meter.removedOn === undefined;
  const needs: string[] = [];
  if (what.kind === "physical" && life?.lastMs === undefined)
    needs.push("It was never read: type a reading, import some, or connect what reads it.");
  if (meter.prices.length === 0 && isThere && !isPricedAround(meter, settings))
    needs.push(`No price per ${unit === "" ? "unit" : unit} is set: it has no costs.`);
  const sum = pattern?.reduce((all, one) => all + one, 0);
  if (sum !== undefined && Math.abs(sum - 100) > 0.05)
    needs.push(`The months of its pattern sum to ${Number(sum.toFixed(2))} and not to 100: they count as shares of that.`);
  if (node instanceof PhysicalNode && node.pattern.from === "none" && life?.byHand === true && isThere)
    needs.push(
      "What is used between readings is spread evenly: write down how a year is spread over its months, or wait for a year of readings.",
    );
  if (what.kind === "physical" && what.readEveryDays === undefined && life?.byHand === true && isThere)
    needs.push("How often it should be read is not set: it is found out from how often it was.");
  if (meter.medium === "gas" && settings.gas.length === 0)
    needs.push("Calorific value and z-factor are not set: gas cannot be told as energy.");
  if (calibrationDays < 0) needs.push("Its calibration has ended: what it counts may not be billed.");
  else if (calibrationDays <= YEAR_DAYS) needs.push(`Its calibration ends in ${calibrationDays} days: plan its replacement.`);
  return needs;
}

/** Whether a meter that counts the same again has a price: what it used is paid for there. */
function isPricedAround(meter: MeterSettings, { meters }: SiteMeters): boolean {
  const within = metersWithin(meters);
  const priced = new Set(meters.filter(({ prices }) => prices.length > 0).map(({ id }) => id));
  const seen = new Set<string>([meter.id]);
  // A set grows while it is walked: those that hold the holders are looked at too.
  for (const id of seen) for (const holder of within.get(id) ?? []) seen.add(holder);
  return [...seen].some((id) => priced.has(id));
}
