import type { BuildingAnswer, BuildingsAnswer, EquipmentListAnswer, FindingsAnswer, ZoneDetailAnswer, ZoneRowAnswer } from "./building.ts";
import type { EquipmentInfo, FindingInfo, PointNowAnswer } from "./building-parts.ts";
import type { PeakAnswerInfo } from "./building-peak.ts";
import type { BuildingFact, BuildingPointsAnswer, OverridesAnswer, StoppedAnswer } from "./building-points.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Tuesday 10 March 2026, 10:40 at the building. */
const NOW_MS = 1_773_153_600_000;
const MORNING_MS = NOW_MS - 4 * HOUR_MS;
const SITE = "tower";
const ZONE = "America/Indiana/Indianapolis";
const RANGE = { fromMs: MORNING_MS, toMs: NOW_MS, fromLocal: "2026-03-10T06:40:00-04:00", toLocal: "2026-03-10T10:40:00-04:00" };
const OCCUPANCY = { fromMinute: 420, toMinute: 1_080, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 60 };

const BOX: EquipmentInfo = {
  id: "vav-1-01",
  name: "VAV 1-01",
  type: "vav",
  root: "vav-1-01",
  station: "Tower",
  floor: "1",
  servedBy: "ahu-1",
  servedEvidence: { rule: "page", sentence: "Ada said so on 10 March 2026.", confidence: 1 },
  demo: false,
};
const HANDLER: EquipmentInfo = { ...BOX, id: "ahu-1", name: "AHU 1", type: "ahu", root: "ahu-1", servedBy: null, servedEvidence: null };
const TEMPERATURE: PointNowAnswer = {
  role: "space-temp",
  point: "vav-1-01-space-temp",
  series: `${SITE}/vav-1-01-space-temp/temperature@station`,
  value: 77.1,
  text: "",
  unit: "°F",
  tMs: NOW_MS - MINUTE_MS,
  status: "{ok}",
  bad: false,
  overridden: false,
};
const FAN: PointNowAnswer = {
  ...TEMPERATURE,
  role: "fan-status",
  point: "ahu-1-fan-status",
  series: `${SITE}/ahu-1-fan-status/state@station`,
  value: 1,
  text: "On",
  unit: "text",
};
const FINDING: FindingInfo = {
  rule: "damper-stuck",
  severity: "critical",
  equipment: BOX.id,
  equipmentName: BOX.name,
  point: "vav-1-01-damper",
  sinceMs: MORNING_MS,
  sinceOrBefore: false,
  sharePct: 96,
  sentence: "Damper full open, gets half its air.",
  source: "ASHRAE Guideline 36-2021, 5.6.6",
};

const ROW: ZoneRowAnswer = {
  zone: BOX,
  airHandlerName: HANDLER.name,
  standing: "above",
  outsideBy: 1.6,
  sinceMs: NOW_MS - HOUR_MS,
  now: [TEMPERATURE],
  low: 69.5,
  high: 75.5,
  unit: "°F",
  comfort: {
    samples: 22,
    withinPct: 72.7,
    withinTimePct: 73.4,
    meanError: 1.9,
    judgedMs: 13_200_000,
    tooWarmMs: 3_600_000,
    tooColdMs: 0,
    discomfortDegreeHours: 0.8,
    unit: "°F",
    by: "two-setpoints",
    notJudged: [{ why: "warm-up", ms: 1_200_000 }],
  },
  lastComfortPct: null,
  airflow: { samples: 24, withinPct: 8.3, meanError: -240, meanErrorPct: 48, unit: "cfm", tolerance: { percent: 10, absolute: 50 } },
  health: {
    variant: "later",
    score: 41.5,
    status: "critical",
    reasons: ["damper_stuck"],
    parts: [
      { name: "comfort", value: 72.7, weight: 3 },
      { name: "flow", value: 8.3, weight: 2 },
    ],
  },
  findings: [FINDING],
  spark: {
    fromMs: NOW_MS - HOUR_MS,
    stepMs: 15 * MINUTE_MS,
    value: [75.2, 75.9, null, 77.1],
    bands: [{ fromMs: NOW_MS - HOUR_MS, low: 71.5, high: 75.5 }],
  },
};

export const BUILDINGS_EXAMPLE: BuildingsAnswer = {
  nowMs: NOW_MS,
  buildings: [
    {
      site: SITE,
      name: "Tower",
      zone: ZONE,
      currency: "USD",
      occupancy: OCCUPANCY,
      band: 2,
      bandUnit: "°F",
      zones: 48,
      airHandlers: 4,
      equipment: 54,
      points: 412,
      mapped: 398,
      collisions: 2,
      demo: false,
    },
  ],
};

export const BUILDING_EXAMPLE: BuildingAnswer = {
  nowMs: NOW_MS,
  site: SITE,
  name: "Tower",
  zone: ZONE,
  range: RANGE,
  occupancy: OCCUPANCY,
  occupiedNow: true,
  sentence: "47 of 48 zones are inside their band; VAV 1-01 is worst, 1.6 °F above it since 09:40.",
  newestMs: NOW_MS - MINUTE_MS,
  zones: [ROW],
  airHandlers: [
    {
      equipment: HANDLER,
      zones: [BOX.id],
      running: true,
      now: [FAN],
      comfortPct: 94.2,
      findings: [],
      starts: 1,
      runMs: 4 * HOUR_MS,
    },
  ],
  comfortPct: 94.2,
  lastOpen: null,
  counts: { inside: 47, above: 1, below: 0, "no-setpoint": 0, flat: 0, bad: 0, silent: 0 },
  overrides: 1,
  stopped: 3,
  unmapped: 14,
  demo: false,
};

export const ZONE_EXAMPLE: ZoneDetailAnswer = {
  ...ROW,
  nowMs: NOW_MS,
  site: SITE,
  timeZone: ZONE,
  range: RANGE,
  columns: [
    {
      role: "space-temp",
      series: TEMPERATURE.series,
      unit: "°F",
      changeOfValue: false,
      bucketMs: null,
      tMs: [NOW_MS - 11 * MINUTE_MS, NOW_MS - MINUTE_MS],
      value: [76.8, 77.1],
    },
  ],
  occupied: [{ fromMs: MORNING_MS + 20 * MINUTE_MS, toMs: NOW_MS }],
  warmUp: [{ fromMs: MORNING_MS, toMs: MORNING_MS + 20 * MINUTE_MS }],
  airHandlerRan: [{ fromMs: MORNING_MS, toMs: NOW_MS }],
  pairings: [
    {
      role: "effective-cooling-setpoint",
      series: `${SITE}/vav-1-01-cooling-setpoint/temperature-setpoint@station`,
      how: "carried",
      because: "It speaks when it changes: a value holds until the next.",
      unpaired: 0,
      excluded: [],
    },
  ],
  occupancy: OCCUPANCY,
  method: ["Comfortable is from 2 °F below the heating setpoint to 2 °F above the cooling setpoint, in the sender's unit."],
};

export const ZONE_CSV_EXAMPLE =
  `time (${ZONE}),time (UTC),Space temperature [°F],Airflow [cfm]\r\n` +
  "2026-03-10T10:29:00-04:00,2026-03-10T14:29:00Z,76.8,248\r\n2026-03-10T10:39:00-04:00,2026-03-10T14:39:00Z,77.1,251\r\n";

export const EQUIPMENT_EXAMPLE: EquipmentListAnswer = {
  nowMs: NOW_MS,
  site: SITE,
  equipment: [{ equipment: HANDLER, zones: [BOX.id], now: [FAN], findings: [] }],
};

export const FINDINGS_EXAMPLE: FindingsAnswer = { nowMs: NOW_MS, range: RANGE, findings: [FINDING] };

export const BUILDING_POINTS_EXAMPLE: BuildingPointsAnswer = {
  nowMs: NOW_MS,
  site: SITE,
  roles: [{ id: "space-temp", label: "Space temperature" }],
  equipment: [{ id: BOX.id, name: BOX.name, type: BOX.type }],
  points: [
    {
      point: TEMPERATURE.point,
      name: "VAV 1-01 Space Temp",
      station: "Tower",
      path: "Vav1-01 Space Temp",
      tags: ["zone", "temp"],
      series: [{ key: TEMPERATURE.series, unit: "°F", quantity: "temperature", source: "station" }],
      equipment: BOX.id,
      equipmentName: BOX.name,
      equipmentEvidence: { rule: "root", sentence: "“Vav1-01” names it.", confidence: 0.95 },
      role: "space-temp",
      roleEvidence: { rule: "space-temp", sentence: "“space temp” stands in its name.", confidence: 0.95 },
      others: [],
      shadowedBy: null,
      collidesWith: [],
      decision: null,
      lastMs: NOW_MS - MINUTE_MS,
    },
  ],
};

export const BUILDING_FACT_EXAMPLE: BuildingFact = {
  id: 7,
  site: SITE,
  point: "vav-1-01-reheat",
  name: "building-point",
  value: '{"role":"reheat"}',
  fromMs: NOW_MS,
  who: "Ada (cookie)",
  madeMs: NOW_MS,
};

export const OVERRIDES_EXAMPLE: OverridesAnswer = {
  nowMs: NOW_MS,
  site: SITE,
  sentence: "1 point is held by hand: VAV 1-01 Damper since 06:40.",
  overrides: [
    {
      equipment: BOX.id,
      equipmentName: BOX.name,
      point: "vav-1-01-damper",
      name: "VAV 1-01 Damper",
      sinceMs: MORNING_MS,
      sinceOrBefore: false,
      untilMs: null,
      value: 100,
      text: "",
      unit: "%",
      status: "{overridden}",
    },
  ],
};

export const STOPPED_EXAMPLE: StoppedAnswer = {
  nowMs: NOW_MS,
  site: SITE,
  sentence: "Of 412 histories 1 says nothing any more.",
  found: 412,
  mapped: 398,
  stopped: [
    {
      equipment: BOX.id,
      equipmentName: BOX.name,
      role: "damper-position",
      point: "vav-1-01-damper",
      name: "VAV 1-01 Damper",
      series: `${SITE}/vav-1-01-damper/damper-position@station`,
      lastMs: MORNING_MS,
      usualMs: 15 * MINUTE_MS,
      why: "silent",
      sentence: "It spoke every 15 minutes and has been silent for 4 hours.",
    },
  ],
};

export const PEAK_EXAMPLE: PeakAnswerInfo = {
  nowMs: NOW_MS,
  site: SITE,
  timeZone: ZONE,
  range: { ...RANGE, fromMs: NOW_MS - 15 * MINUTE_MS, fromLocal: "2026-03-10T10:25:00-04:00" },
  of: { point: "plant/main", name: "Main electricity", valueKw: 412, usualKw: 340 },
  choices: [{ point: "plant/main", name: "Main electricity" }],
  peaks: [{ fromMs: NOW_MS - 15 * MINUTE_MS, toMs: NOW_MS, kw: 412 }],
  sentence: "412 kW, 72 kW above usual: AHU 1 Supply Fan Power brought 61 % of it.",
  outdoor: { value: 48.2, unit: "°F" },
  similarDays: [{ date: "2026-03-03", outdoor: 47.5, kw: 338 }],
  method: "Workdays of the last eight weeks with an outdoor temperature within 3 K at that time: 9 of 40 days.",
  movers: [
    {
      series: `${SITE}/ahu-1-fan-power/power@station`,
      point: "ahu-1-fan-power",
      name: "AHU 1 Supply Fan Power",
      equipment: HANDLER.id,
      equipmentName: HANDLER.name,
      role: "power",
      unit: "kW",
      value: 92,
      usual: 48,
      low: 45,
      high: 51,
      score: 9.8,
      sharePct: 61,
      sentence: "92 kW where 45 to 51 kW are usual.",
    },
  ],
  comfort: { withinPct: 88, usualWithinPct: 95, zonesOutside: [BOX.id], zoneNames: [BOX.name] },
  curve: [{ tMs: NOW_MS - 15 * MINUTE_MS, kw: 412, usual: 340, low: 331, high: 347 }],
};
