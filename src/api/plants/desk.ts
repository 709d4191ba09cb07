import { ApiError } from "#api/errors.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";

/** One plant as routes ask it: its reports, its clock, and single intervals kept as long as nothing changes. */
export interface PlantDesk {
  /** Part of addresses: site and point with a dot between. */
  readonly id: string;
  /** `site/point`. */
  readonly key: string;
  readonly reports: PlantReports;
  readonly zone: Zone;
  readonly lengthMs: number;
  /** The interval that ends there. Missing: undefined where that is no end of an interval. */
  row(endMs: number): Promise<IntervalRow | undefined>;
}

const MINUTE_MS = 60_000;
/** Peaks of many periods are asked for again with every page. */
const MOST_ROWS = 2_000;

export function openDesk(reports: PlantReports): PlantDesk {
  const { site, point, zone, intervalMinutes } = reports.settings;
  const lengthMs = intervalMinutes * MINUTE_MS;
  const kept = new Map<number, IntervalRow | undefined>();
  let version = Number.NaN;
  return {
    id: `${site}.${point}`,
    key: `${site}/${point}`,
    reports,
    zone: zoneNamed(zone),
    lengthMs,
    async row(endMs) {
      const now = await reports.version();
      if (now !== version || kept.size > MOST_ROWS) kept.clear();
      version = now;
      if (kept.has(endMs)) return kept.get(endMs);
      const found = (await reports.rows({ fromMs: endMs - lengthMs, toMs: endMs })).find((row) => row.endMs === endMs);
      kept.set(endMs, found);
      return found;
    },
  };
}

/** Errors: unknown-plant. */
export function deskOf(desks: readonly PlantDesk[], id: string): PlantDesk {
  const desk = desks.find((one) => one.id === id);
  if (!desk) throw new ApiError("unknown-plant", { plant: id.slice(0, 200) });
  return desk;
}
