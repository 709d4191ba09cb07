import { figure, orNull } from "#api/plants/wire.ts";
import type { RoundAnswer } from "#contract/round.ts";
import type { MeterSummary } from "#reports/meter-answers.ts";
import type { PhysicalMeter } from "#reports/meter-settings.ts";
import type { SiteDesk } from "./desk.ts";

const DAY_MS = 86_400_000;
/** What is heard of more often speaks by itself. */
const RARELY_MS = 20 * 3_600_000;
/** Readings that tell how many places a dial has. */
const LOOKED_AT = 12;
const MOST_DECIMALS = 6;

type Stop = RoundAnswer["stops"][number];

/** Everything a walk past the dials needs; those that are due come first, then by group and name. */
export async function roundAnswer(desks: readonly SiteDesk[], nowMs: number): Promise<RoundAnswer> {
  const stops = await Promise.all(
    desks.map(async (desk) => {
      const read = (await desk.reports.list()).filter(isReadByHand);
      return Promise.all(read.map((meter) => stopAt(desk, meter, nowMs)));
    }),
  );
  return { nowMs, stops: stops.flat().toSorted(inOrder) };
}

/** Whether a person goes to it: somebody said how often, did so before, or nothing else tells its readings. */
function isReadByHand({ settings, standing, everyMs }: MeterSummary): boolean {
  const { what } = settings;
  if (what.kind !== "physical" || standing === "ended") return false;
  if (what.readEveryDays !== undefined || what.series.length === 0) return true;
  return what.series.some(({ source }) => source === "manual") || !(everyMs < RARELY_MS);
}

async function stopAt({ reports, site }: SiteDesk, { settings, standing, dueMs, ...summary }: MeterSummary, nowMs: number): Promise<Stop> {
  const { id } = settings;
  const [now, tomorrow, readings] = await Promise.all([
    reports.expectation(id, nowMs),
    reports.expectation(id, nowMs + DAY_MS),
    reports.readings(id, { fromMs: 0, toMs: nowMs + DAY_MS, limit: LOOKED_AT }),
  ]);
  const perDay = (tomorrow?.expected ?? Number.NaN) - (now?.expected ?? Number.NaN);
  return {
    meter: id,
    site: site.site,
    name: settings.name,
    group: settings.group,
    medium: settings.medium,
    unit: settings.unit,
    serial: orNull((settings.what as PhysicalMeter).serial),
    decimals: decimalsOf((readings ?? []).map(({ value }) => value)),
    due: standing === "due" || (dueMs !== undefined && dueMs <= nowMs),
    dueMs: orNull(dueMs),
    lastMs: orNull(summary.lastMs),
    lastValue: figure(summary.lastValue ?? Number.NaN),
    expected: figure(now?.expected ?? Number.NaN),
    low: figure(now?.low ?? Number.NaN),
    high: figure(now?.high ?? Number.NaN),
    perDay: figure(perDay),
  };
}

/** Places behind the comma that readings were written with. */
export function decimalsOf(values: readonly number[]): number {
  const places = values.map((value) => /\.(\d+)$/.exec(String(Number(value.toFixed(MOST_DECIMALS))))?.[1]?.length ?? 0);
  return Math.max(0, ...places);
}

function inOrder(a: Stop, b: Stop): number {
  return (
    Number(b.due) - Number(a.due) ||
    a.site.localeCompare(b.site, "en") ||
    a.group.localeCompare(b.group, "en") ||
    a.name.localeCompare(b.name, "en")
  );
}
