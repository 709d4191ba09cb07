import type { z } from "zod";
import { ApiError } from "#api/errors.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { newReadingSchema, ReadingSaidAnswer } from "#contract/meter-history.ts";
import type { Expectation } from "#reports/meter-answers.ts";
import type { Medium, MeterSettings, PhysicalMeter } from "#reports/meter-settings.ts";
import { sameDimension } from "#units/unit.ts";
import { answered, type MeterDesk } from "./desk.ts";
import { noRegister, type SayWish, say } from "./facts.ts";
import { endMoment } from "./range.ts";
import { notesOf, READING_NOTE } from "./reading-notes.ts";
import { meterExpectation } from "./wire.ts";

type Said = z.output<typeof newReadingSchema>;
type Verdict = ReadingSaidAnswer["verdict"];

/** Nothing older is believed of any reading. */
const FIRST_MS = Date.UTC(1990, 0, 1);

export interface ReadingWish extends SayWish {
  readonly deps: Pick<RouteDeps, "store" | "nowMs" | "actions">;
}

/**
 * Keeps what a person read off a dial, whatever it is, and says what it looks like. The same reading, or the same key, is kept once.
 * Errors: no-register, bad-request, reading-unusable, meter-broken.
 */
export async function sayReading(desk: MeterDesk, said: Said, wish: ReadingWish): Promise<ReadingSaidAnswer> {
  const { what } = desk.settings;
  if (what.kind !== "physical") throw noRegister(desk);
  const tMs = instantOfReading(desk, said.at, wish.deps.nowMs());
  const expected = answered(await desk.reports.expectation(desk.id, tMs), desk);
  const tell = (verdict: Verdict, stored: boolean): ReadingSaidAnswer => ({
    stored,
    verdict,
    sentence: sentenceOf(verdict, { value: said.value, expected, unit: desk.settings.unit }),
    expectation: meterExpectation(expected),
  });
  const notes = notesOf(await wish.deps.store.registry(), desk.place);
  if (said.key !== undefined && notes.has(said.key)) return tell("known", false);
  const verdict = verdictOf(said.value, expected);
  if (said.dryRun) return tell((await isThere(desk, tMs, said.value)) ? "known" : verdict, false);
  const { outcome } = await keep(desk, what, { tMs, value: said.value, wish });
  // Behind the reading: were it not to come to it, the same key finds the same reading and notes it then.
  if (said.note !== "" || said.photo !== undefined || said.key !== undefined) await noteBeside(desk, { tMs, said, wish });
  return outcome === "known" ? tell("known", false) : tell(verdict, true);
}

function instantOfReading({ zone }: MeterDesk, at: string, nowMs: number): number {
  const tMs = endMoment(at, zone, "at");
  if (tMs > zone.nextStart("day", nowMs))
    throw new ApiError("reading-unusable", {}, [`\`at\`: ${offsetText(tMs, zone)} has not come yet; the latest is the end of today`]);
  if (tMs < FIRST_MS) throw new ApiError("reading-unusable", {}, ["`at`: nothing before 1990 is kept"]);
  return tMs;
}

async function isThere({ reports, id }: MeterDesk, tMs: number, value: number): Promise<boolean> {
  const rows = (await reports.readings(id, { fromMs: tMs, toMs: tMs + 1, limit: 10 })) ?? [];
  return rows.some((row) => row.tMs === tMs && (row.raw ?? row.value) === value);
}

async function keep(desk: MeterDesk, register: PhysicalMeter, of: { tMs: number; value: number; wish: ReadingWish }) {
  const { actions } = of.wish.deps;
  if (actions.keepReading === undefined) throw new ApiError("reading-unusable", {}, ["this server takes no readings"]);
  const { site, unit } = desk.settings;
  const { tMs, value } = of;
  const quantity = quantityOfRegister(desk.settings, register);
  const kept = await actions.keepReading({ site, point: register.point, quantity, tMs, value, unit });
  if ("trouble" in kept) throw new ApiError("reading-unusable", {}, [kept.trouble]);
  return kept;
}

/** What a dial counts: what is known of it already, else what its medium and unit say. */
export function quantityOfRegister(
  { medium, unit }: Pick<MeterSettings, "medium" | "unit">,
  { series }: Pick<PhysicalMeter, "series">,
): string {
  const alike = series.filter((one) => one.kind === "counter" && sameDimension(one.unit, unit));
  const known = alike.find(({ source }) => source === "manual") ?? alike[0];
  if (known !== undefined) return known.quantity;
  if (sameDimension(unit, "kWh")) return ENERGY_OF[medium];
  if (sameDimension(unit, "m³")) return VOLUME_OF[medium] ?? "volume";
  return "units";
}

const ENERGY_OF: Readonly<Record<Medium, string>> = {
  electricity: "energy-import",
  gas: "energy",
  water: "heat-energy",
  heat: "heat-energy",
  solar: "energy",
  other: "energy",
};
const VOLUME_OF: Readonly<Partial<Record<Medium, string>>> = { gas: "gas-volume", water: "water-volume", heat: "water-volume" };

async function noteBeside(desk: MeterDesk, { tMs, said, wish }: { tMs: number; said: Said; wish: ReadingWish }): Promise<void> {
  const { note, photo, key } = said;
  const value = JSON.stringify({ tMs, note, ...(photo === undefined ? {} : { photo }), ...(key === undefined ? {} : { key }) });
  await say(desk.place, { name: READING_NOTE, value, fromMs: tMs }, wish);
}

/** So many times what was to be used is no use, but a digit too many. */
const FAR = 3;

/** What a value looks like beside what was to be expected. */
export function verdictOf(value: number, expected: Expectation): Exclude<Verdict, "known"> {
  const { lastValue, low, high } = expected;
  if (lastValue !== undefined && value < lastValue) return value >= low ? "plausible" : "falls";
  if (Number.isNaN(low) || Number.isNaN(high)) return "plausible";
  if (value >= low && value <= high) return "plausible";
  const slack = Math.max(2 * (high - low), FAR * Math.abs(expected.expected - (lastValue ?? expected.expected)));
  return value >= low - slack && value <= high + slack ? "unusual" : "implausible";
}

/** What is said of a reading as it is looked at or kept. */
export function sentenceOf(
  verdict: Verdict,
  { value, expected, unit }: { readonly value: number; readonly expected: Expectation; readonly unit: string },
): string {
  const said = `${shown(value)} ${unit}`;
  const { low, high, lastValue = Number.NaN } = expected;
  const [least, most] = [low, high].map((number) => `${number.toFixed(placesOf(high - low))} ${unit}`);
  const between = `${least} to ${most}`;
  switch (verdict) {
    case "known":
      return "This reading is known already; nothing was stored again.";
    case "plausible":
      return Number.isNaN(low)
        ? `${said}: there is nothing to compare it with yet.`
        : `${said} is about what was to be expected: ${between}.`;
    case "unusual":
      return `${said} lies outside of what was to be expected, ${between}. Look once more, if you can.`;
    case "implausible":
      return `${said} lies far outside of what was to be expected, ${between}. Is every digit right, and the comma where it belongs?`;
    case "falls":
      return `${said} is less than the reading before, ${shown(lastValue)} ${unit}. Was the device replaced, or a digit misread?`;
  }
}

const MOST_PLACES = 3;

/** No dial shows more places; a number copied from a calculation may have them. */
const shown = (value: number): string => String(Number(value.toFixed(MOST_PLACES)));

/** Places behind the comma that tell the ends of a range apart. */
function placesOf(width: number): number {
  return width > 0 ? Math.min(MOST_PLACES, Math.max(0, -Math.floor(Math.log10(width)))) : MOST_PLACES;
}
