import { z } from "zod";
import type { Decision, EquipmentDecision } from "#buildings/model.ts";
import { ROLES } from "#buildings/role.ts";
import type { RoleRule } from "#buildings/role-rule.ts";
import type { Declared } from "#sites/registry.ts";
import { unitOf } from "#units/unit.ts";
import type { Place } from "./place.ts";
import { line, shown } from "./values.ts";
import { isMap } from "./written.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const HEALTH_VARIANTS = ["seed", "later"] as const;

/** When a building is used, by the clock on its wall. */
export interface OccupancyConfig {
  /** Minutes after midnight; an end at or before its start lies on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  readonly warmUpMinutes: number;
}

/** What a building is judged by. */
export interface BuildingRulesConfig {
  readonly occupancy: OccupancyConfig;
  /** A difference of temperature in the unit beside it. */
  readonly band: number;
  readonly bandUnit: "°F" | "°C";
  readonly flow: { readonly percent: number; readonly absoluteCfm: number; readonly pairingMs: number };
  readonly health: (typeof HEALTH_VARIANTS)[number];
  readonly sentinels: readonly number[];
  readonly flatMs: number;
  readonly silenceMs: number;
}

/** What the file says about a building; its key is its site. */
export interface BuildingConfig extends BuildingRulesConfig {
  readonly site: string;
  /** Tried before those built in. */
  readonly rules: readonly RoleRule[];
  readonly decisions: readonly Decision[];
  readonly equipment: readonly EquipmentDecision[];
  /** Point of the outdoor temperature. */
  readonly outdoorPoint?: string;
  /** Left out: histories are kept for good; 0 means the same. */
  readonly retentionHours?: number;
  readonly declared?: Declared;
}

const HOUR_MS = 3_600_000;

/** How buildings are judged that nobody wrote about. */
export const USUAL_BUILDING: BuildingRulesConfig = {
  occupancy: { fromMinute: 7 * 60, toMinute: 18 * 60, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 60 },
  band: 2,
  bandUnit: "°F",
  flow: { percent: 10, absoluteCfm: 50, pairingMs: 30_000 },
  health: "later",
  sentinels: [-250],
  flatMs: 24 * HOUR_MS,
  silenceMs: HOUR_MS,
};

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of day like "07:00"');

/** `2 °F`, `1.1 °C` or { value: 2, unit: °F }. */
const band = z.unknown().transform((given, context): { value: number; unit: "°F" | "°C" } => {
  const read = isMap(given) ? [given["value"], given["unit"]] : (/^\s*([\d.]+)\s*(\D+?)\s*$/.exec(String(given)) ?? []).slice(1);
  const value = Number(read[0]);
  const unit = unitOf(String(read[1]))?.symbol;
  if (value > 0 && value <= 20 && (unit === "°F" || unit === "°C")) return { value, unit };
  context.addIssue({ code: "custom", message: `${shown(given)} is not a width of comfort; write "2 °F" or "1.1 °C"` });
  return z.NEVER;
});

const building = z.strictObject({
  occupied: z
    .strictObject({
      from: clock.optional(),
      to: clock.optional(),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      warmUpMinutes: z.number().min(0).max(720).optional(),
    })
    .optional(),
  comfortBand: band.optional(),
  flow: z
    .strictObject({
      percent: z.number().min(0).max(100).optional(),
      absoluteCfm: z.number().min(0).max(100_000).optional(),
      pairingSeconds: z.number().min(0).max(3_600).optional(),
    })
    .optional(),
  health: z.enum(HEALTH_VARIANTS).optional(),
  sentinels: z.array(z.number()).max(50).optional(),
  flatHours: z.number().min(1).max(8_760).optional(),
  silenceMinutes: z.number().min(1).max(10_080).optional(),
  outdoor: line.optional(),
  rules: z.union([line, z.array(z.unknown())]).optional(),
  points: z.record(z.string(), z.strictObject({ role: z.enum([...ROLES, "none"]).optional(), equipment: line.optional() })).optional(),
  equipment: z.record(z.string(), z.strictObject({ servedBy: line.optional(), name: line.optional(), floor: line.optional() })).optional(),
  retentionHours: z.number().min(0).max(876_000).optional(),
});

export const buildingsSchema = z.record(z.string(), building);
type BuildingBody = z.infer<typeof building>;

/** Buildings with their defaults filled in; `rules` were read with the files they stand in. */
export function buildingsOf(
  content: z.infer<typeof buildingsSchema> | undefined,
  { place, rules }: { readonly place: Place; readonly rules: ReadonlyMap<string, readonly RoleRule[]> },
): BuildingConfig[] {
  return Object.entries(content ?? {}).map(([site, body]) => ({
    site,
    ...judgedBy(body),
    rules: rules.get(site) ?? [],
    decisions: Object.entries(body.points ?? {}).map(([point, said]) => ({ point, ...present(said), from: "file" as const })),
    equipment: Object.entries(body.equipment ?? {}).map(([equipment, said]) => ({ equipment, ...present(said), from: "file" as const })),
    ...(body.outdoor === undefined ? {} : { outdoorPoint: body.outdoor.slice(body.outdoor.indexOf("/") + 1) }),
    ...(body.retentionHours === undefined ? {} : { retentionHours: body.retentionHours }),
    declared: place.of(["buildings", site]),
  }));
}

function judgedBy(body: BuildingBody): BuildingRulesConfig {
  const usual = USUAL_BUILDING;
  const { occupied = {}, flow = {} } = body;
  return {
    occupancy: {
      fromMinute: occupied.from === undefined ? usual.occupancy.fromMinute : minuteOf(occupied.from),
      toMinute: occupied.to === undefined ? usual.occupancy.toMinute : minuteOf(occupied.to),
      weekdays: occupied.days === undefined ? usual.occupancy.weekdays : daysOf(occupied.days),
      warmUpMinutes: occupied.warmUpMinutes ?? usual.occupancy.warmUpMinutes,
    },
    band: body.comfortBand?.value ?? usual.band,
    bandUnit: body.comfortBand?.unit ?? usual.bandUnit,
    flow: {
      percent: flow.percent ?? usual.flow.percent,
      absoluteCfm: flow.absoluteCfm ?? usual.flow.absoluteCfm,
      pairingMs: flow.pairingSeconds === undefined ? usual.flow.pairingMs : flow.pairingSeconds * 1000,
    },
    health: body.health ?? usual.health,
    sentinels: body.sentinels ?? usual.sentinels,
    flatMs: body.flatHours === undefined ? usual.flatMs : body.flatHours * HOUR_MS,
    silenceMs: body.silenceMinutes === undefined ? usual.silenceMs : body.silenceMinutes * 60_000,
  };
}

function minuteOf(text: string): number {
  const [hour, minute] = text.split(":").map(Number);
  return (hour as number) * 60 + (minute as number);
}

function daysOf(days: readonly (typeof WEEKDAYS)[number][]): number[] {
  return [...new Set(days.map((day) => WEEKDAYS.indexOf(day) + 1))].sort((a, b) => a - b);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(body: T): Present<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Present<T>;
}
