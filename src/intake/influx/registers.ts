import { createHash } from "node:crypto";
import { registerQuantity, registerUnit } from "#intake/register-quantity.ts";
import type { RejectItem } from "#readings/reading.ts";
import { sameDimension } from "#units/unit.ts";
import type { InfluxSeries } from "./influx-reader.ts";

/** A meter whose register lies in InfluxDB, in one unit or in several that can be told in one another. */
export interface InfluxRegister {
  readonly entity: string;
  /** Point, or `site/point`. */
  readonly at: string;
  readonly quantity: string;
  /** The first is the one it is kept in. */
  readonly units: readonly { readonly measurement: string; readonly unit: string }[];
}

export interface Registers {
  readonly registers: readonly InfluxRegister[];
  /** What is not taken for a register: its sentence is one a person can act on. */
  readonly refused: readonly { readonly series: InfluxSeries; readonly reject: RejectItem }[];
  /** Known units that no register counts: temperatures, shares. */
  readonly others: readonly InfluxSeries[];
}

/** What a person said: point by entity, and the quantity that a point counts. */
export interface RegisterWish {
  readonly points: ReadonlyMap<string, string>;
  /** Where entities went before: they stay there, whoever comes. */
  readonly before?: ReadonlyMap<string, string>;
  /** Of points that name none. */
  readonly site?: string | undefined;
  /** What flows through the meter at a point. */
  readonly mediumOf: (point: string) => string | undefined;
}

/**
 * Which registers lie there, and where each goes. The name of an entity is the name of its point; what a name may not hold is replaced,
 * and of two that would then be the same the one that was changed gets a mark of its own.
 */
export function registersOf(found: readonly InfluxSeries[], wish: RegisterWish): Registers {
  const refused: { series: InfluxSeries; reject: RejectItem }[] = [];
  const others: InfluxSeries[] = [];
  const byKey = new Map<string, { -readonly [K in keyof InfluxRegister]: InfluxRegister[K] }>();
  const takenBy = new Map<string, string>();
  const places = pointsOf(
    found.map(({ entity }) => entity),
    wish,
  );
  for (const series of found.toSorted(byName)) {
    const { unit: measurement, entity } = series;
    const own = places.get(entity) ?? entity;
    const at = own.includes("/") || wish.site === undefined ? own : `${wish.site}/${own}`;
    const point = at.slice(at.indexOf("/") + 1);
    const unit = registerUnit(measurement);
    const quantity = registerQuantity({ unit, name: `${entity} ${point}`, medium: wish.mediumOf(point) });
    if (quantity === "unknown") {
      refused.push({ series, reject: unknownUnit(series) });
      continue;
    }
    if (quantity === undefined) {
      others.push(series);
      continue;
    }
    const key = `${at}\n${quantity}`;
    const other = takenBy.get(key) ?? entity;
    takenBy.set(key, other);
    const known = byKey.get(key);
    if (other !== entity) refused.push({ series, reject: samePlace(series, { other, point }) });
    else if (known === undefined) byKey.set(key, { entity, at, quantity, units: [{ measurement, unit }] });
    else if (sameDimension(known.units[0]?.unit ?? "", unit)) known.units = [...known.units, { measurement, unit }];
  }
  return { registers: [...byKey.values()], refused, others };
}

const byName = (a: InfluxSeries, b: InfluxSeries): number =>
  a.entity === b.entity ? (a.unit < b.unit ? -1 : 1) : a.entity < b.entity ? -1 : 1;

function pointsOf(entities: readonly string[], { points: mapped, before = new Map() }: RegisterWish): ReadonlyMap<string, string> {
  const points = new Map<string, string>();
  const taken = new Set([...before.values()].map((at) => at.slice(at.indexOf("/") + 1)));
  const all = [...new Set(entities)].toSorted((a, b) => Number(safe(a) !== a) - Number(safe(b) !== b) || (a < b ? -1 : 1));
  for (const entity of all) {
    const said = mapped.get(entity) ?? before.get(entity);
    const own = safe(entity);
    const mark = createHash("sha256").update(entity).digest("hex").slice(0, 6);
    const point = said ?? (own === "" || taken.has(own) ? `${own || "entity"}-${mark}` : own);
    taken.add(point);
    points.set(entity, point);
  }
  return points;
}

const LONGEST = 120;

function safe(entity: string): string {
  return entity
    .replace(/[\p{Cc}\p{Cs}/@.\s]+/gu, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
}

function unknownUnit({ unit, entity }: InfluxSeries): RejectItem {
  return {
    code: "unit-unknown",
    sentence: `${entity} is written under ${JSON.stringify(unit.slice(0, 40))}, which is no unit Wattkeep knows; write it under kWh, m³ or the like, or under units for an allocator.`,
  };
}

function samePlace({ entity }: InfluxSeries, { other, point }: { other: string; point: string }): RejectItem {
  return {
    code: "same-place",
    sentence: `${other} and ${entity} would both go to ${point}; two registers are not one. Give one of them another point under \`points\`.`,
  };
}
