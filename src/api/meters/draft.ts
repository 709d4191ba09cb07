import type { z } from "zod";
import { whoOf } from "#api/access.ts";
import { ApiError } from "#api/errors.ts";
import { daysInMonth } from "#calendar/civil.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { MeterFact, meterDraftSchema } from "#contract/meter-edits.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { Fact, Series } from "#sites/registry.ts";
import { ALLOCATOR_UNIT, meterUnitOf } from "#units/meter-unit.ts";
import { sameDimension } from "#units/unit.ts";
import { knownMeter, type SiteDesk, siteDesk, unknownMeter } from "./desk.ts";
import { refuseDeclared, type SayWish, say } from "./facts.ts";

type Draft = z.output<typeof meterDraftSchema>;

/** As formulas and periods can name it. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,99}$/u;
const CONTROL = /\p{Cc}/u;

/**
 * Makes a meter of a site, or says another thing of one that no file declares. What could not be derived is refused before it is kept.
 * Errors: declared-in-file, unknown-meter where no site begins the id, bad-request, meter-unusable with every reason.
 */
export async function sayMeter(
  all: readonly MeterReports[],
  id: string,
  { draft: written, wish }: { draft: Draft; wish: SayWish },
): Promise<MeterFact> {
  const unit = meterUnitOf(written.unit) ?? written.unit;
  const draft = { ...written, unit, periods: written.periods.map((period) => ({ ...period, toDate: openEnded(period.toDate) })) };
  const known = knownMeter(all, id);
  if (known !== undefined) refuseDeclared(known);
  const { desk, meter } = known === undefined ? newMeter(all, id) : { desk: known, meter: known.settings.meter };
  const { store, nowMs } = wish.deps;
  const place = { site: desk.site.site, point: meter };
  const problems = [...textProblems(draft), ...dateProblems(draft, desk), ...partProblems(draft, desk)];
  problems.push(...unitProblems(draft, (await store.registry()).series, { site: place.site, point: draft.point ?? meter }));
  if (problems.length > 0) throw new ApiError("meter-unusable", {}, problems);
  const fact: Fact = {
    ...place,
    name: "meter",
    value: JSON.stringify(draft),
    fromMs: nowMs(),
    who: whoOf(wish.request.identity),
    madeMs: nowMs(),
  };
  const asItWouldBe = await desk.reports.settingsWith(fact);
  const fresh = [...asItWouldBe.problems].filter(([of, what]) => of === id || of === meter || desk.site.problems.get(of) !== what);
  if (fresh.length > 0) throw new ApiError("meter-unusable", {}, [...new Set(fresh.map(([, what]) => what))]);
  return say(place, { name: fact.name, value: fact.value, fromMs: fact.fromMs }, wish);
}

/** Site and name of a meter there is not yet: of two sites that could begin the id, the longer. */
function newMeter(all: readonly MeterReports[], id: string): { desk: SiteDesk; meter: string } {
  const homes = all
    .filter(({ settings }) => id.startsWith(`${settings.site}.`))
    .toSorted((a, b) => b.settings.site.length - a.settings.site.length);
  const reports = homes[0];
  if (reports === undefined) throw unknownMeter(id);
  const meter = id.slice(reports.settings.site.length + 1);
  if (!NAME.test(meter))
    throw new ApiError("bad-request", {}, [
      "part of the address `id`: a new meter is named by its site, a dot, and at most 100 letters, digits, `_` or `-`, as in house.water_garden",
    ]);
  return { desk: siteDesk(reports), meter };
}

function textProblems({ name, description, group, unit, serial, point }: Draft): string[] {
  const texts = { name, description, group, unit, serial: serial ?? "", point: point ?? "" };
  const bad = Object.entries(texts).filter(([, text]) => CONTROL.test(text));
  const slashed = /[/@]/.test(point ?? "") ? ["`point`: a point's name holds neither `/` nor `@`"] : [];
  return [...bad.map(([field]) => `\`${field}\`: no control characters`), ...slashed];
}

function dateProblems(draft: Draft, { zone }: SiteDesk): string[] {
  const { installedOn, removedOn, calibratedUntil, resetsOn, periods } = draft;
  const dates = { installedOn, removedOn, calibratedUntil };
  const named = [
    ...Object.entries(dates),
    ...periods.flatMap(({ fromDate, toDate }, i) => [
      [`periods.${i}.fromDate`, fromDate] as const,
      [`periods.${i}.toDate`, toDate] as const,
    ]),
  ];
  const problems = named.flatMap(([field, date]) =>
    date !== null && dateStart(date, zone) === undefined ? [`\`${field}\`: ${date} is no date of the calendar`] : [],
  );
  if (installedOn !== null && removedOn !== null && removedOn < installedOn)
    problems.push(`\`removedOn\`: ${removedOn} lies before ${installedOn}, when it was installed`);
  if (resetsOn !== null && !isYearDay(resetsOn))
    problems.push(`\`resetsOn\`: ${resetsOn} is no day of a year; write month and day, as in 12-31`);
  return problems;
}

/** What people write for "still". */
const OPEN_END = "9999-12-31";
const openEnded = (date: string | null): string | null => (date === OPEN_END ? null : date);

function isYearDay(text: string): boolean {
  const [month = 0, day = 0] = text.split("-").map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2024, month);
}

function partProblems({ kind, periods, formula, pattern }: Draft, { site }: SiteDesk): string[] {
  const problems: string[] = [];
  if (kind === "virtual" && (formula ?? "").trim() === "")
    problems.push("`formula`: a virtual meter needs one, as in total - flat_1 - flat_2");
  if (kind === "master" && periods.length === 0) problems.push("`periods`: a master meter needs one at least, with its meters");
  if (pattern !== null && !(pattern.reduce((sum, percent) => sum + percent, 0) > 0))
    problems.push("`pattern`: twelve times nothing is no pattern; leave it out to spread evenly");
  if (kind !== "master") return problems;
  const names = new Set(site.meters.map(({ meter }) => meter));
  for (const source of new Set(periods.flatMap(({ sources }) => sources)))
    if (!names.has(source)) problems.push(`\`periods\`: there is no meter ${JSON.stringify(source.slice(0, 100))} at ${site.siteName}`);
  return [...problems, ...overlaps(periods)];
}

function overlaps(periods: Draft["periods"]): string[] {
  const problems = periods.flatMap(({ fromDate, toDate }) =>
    toDate !== null && toDate < fromDate ? [`\`periods\`: the one from ${fromDate} ends before it begins, on ${toDate}`] : [],
  );
  const inOrder = periods.toSorted((a, b) => (a.fromDate < b.fromDate ? -1 : 1));
  for (const [i, { fromDate }] of inOrder.entries()) {
    const before = inOrder[i - 1];
    if (before !== undefined && (before.toDate ?? OPEN_END) >= fromDate)
      problems.push(`\`periods\`: those from ${before.fromDate} and from ${fromDate} overlap; each day belongs to one`);
  }
  return problems;
}

/** A register that speaks already says what it counts. */
function unitProblems({ kind, unit }: Draft, series: readonly Series[], place: { site: string; point: string }): string[] {
  if (meterUnitOf(unit) === undefined)
    return [
      `\`unit\`: ${JSON.stringify(unit)} is not a unit of a meter; write one like kWh, MWh, m³ or l, or ${ALLOCATOR_UNIT} for an allocator without a unit`,
    ];
  if (kind !== "physical") return [];
  const registers = series.filter((one) => one.site === place.site && one.point === place.point && one.kind === "counter");
  if (registers.length === 0 || registers.some((one) => sameDimension(one.unit, unit))) return [];
  return [`\`unit\`: ${unit} cannot be told of ${registers[0]?.key}, which counts ${registers[0]?.unit}`];
}
