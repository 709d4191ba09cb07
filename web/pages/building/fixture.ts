import type { ZoneRowAnswer } from "#contract/building.ts";
import type { FindingInfo, PointNowAnswer } from "#contract/building-parts.ts";

type RowWish = Partial<Omit<ZoneRowAnswer, "zone">> & {
  readonly name?: string;
  readonly servedBy?: string | null;
  readonly floor?: string;
};

/** A zone as the server tells it, inside its band unless something else is wished. For tests. */
export function zoneRow({ name = "VAV 1-01", servedBy = "ahu-1", floor = "Floor 1", ...wish }: RowWish = {}): ZoneRowAnswer {
  const id = name.toLowerCase().replace(" ", "-");
  return {
    zone: { id, name, type: "vav", root: id, station: "Tower", floor, servedBy, servedEvidence: null, demo: false },
    airHandlerName: servedBy === null ? null : servedBy.toUpperCase().replace("-", " "),
    standing: "inside",
    outsideBy: 0,
    sinceMs: null,
    now: [pointNow("space-temp", 73.4, "°F")],
    low: 71.5,
    high: 75.5,
    unit: "°F",
    comfort: {
      samples: 31,
      withinPct: 90,
      withinTimePct: 92,
      meanError: 0.4,
      judgedMs: 7_200_000,
      tooWarmMs: 0,
      tooColdMs: 0,
      discomfortDegreeHours: 0.5,
      unit: "°F",
      by: "two-setpoints",
      notJudged: [],
    },
    lastComfortPct: null,
    airflow: { samples: 31, withinPct: 97, meanError: -4, meanErrorPct: 1, unit: "cfm", tolerance: { percent: 10, absolute: 50 } },
    health: { variant: "later", score: 93, status: "ok", reasons: [], parts: [] },
    findings: [],
    spark: { fromMs: 0, stepMs: 900_000, value: [73, 73.2, null, 73.4], bands: [{ fromMs: 0, low: 71.5, high: 75.5 }] },
    ...wish,
  };
}

/** A value now, good unless wished otherwise. */
export function pointNow(role: string, value: number | null, unit: string, wish: Partial<PointNowAnswer> = {}): PointNowAnswer {
  return {
    role,
    point: `p-${role}`,
    series: `tower/${role}`,
    value,
    text: "",
    unit,
    tMs: 1_000,
    status: "{ok}",
    bad: false,
    overridden: false,
    ...wish,
  };
}

/** Something that was found. */
export function finding(severity: FindingInfo["severity"], sentence: string): FindingInfo {
  return {
    rule: "starved-box",
    severity,
    equipment: "vav-1-01",
    equipmentName: "VAV 1-01",
    point: null,
    sinceMs: null,
    sinceOrBefore: false,
    sharePct: null,
    sentence,
    source: "a rule",
  };
}
