import { membership } from "#analytics/time-spans.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { valuesAt } from "#series/carried.ts";
import { pairingOf } from "#series/pairing.ts";
import { conversion, convertDifference } from "#units/unit.ts";
import type { SparkBand } from "./building-answers.ts";
import { hoursOf, occupancyOf } from "./building-occupancy.ts";
import { type RoleReader, readClean } from "./building-role-clean.ts";
import type { BuildingScene } from "./building-scene.ts";
import { type Setpoints, setpointsNow } from "./building-setpoints.ts";
import { QUARTER_MS, SLOTS, sparkFrom } from "./building-spark.ts";

interface Kept {
  readonly print: string;
  readonly bands: Promise<readonly SparkBand[]>;
}

/** What zones were compared with over the 24 hours of their small pictures, read again when a setpoint spoke or a quarter-hour went by. */
export class SparkBands {
  readonly #kept = new Map<string, Kept>();
  /** What a zone is compared with stays while its model does. */
  readonly #compared = new WeakMap<Equipment, Compared>();
  #reading: { readonly scene: BuildingScene; readonly reader: Promise<RoleReader> } | undefined;

  /** Units: those of `unit`, in which the zone is shown. Missing: NaN for as long as no setpoint is known, nothing where none is. */
  of(zone: Equipment, unit: "°F" | "°C", scene: BuildingScene): Promise<readonly SparkBand[]> {
    const { nowMs, page, versions, kept } = scene.parts;
    const compared = this.#compared.get(zone) ?? comparedOf(zone);
    this.#compared.set(zone, compared);
    const { ids } = compared;
    const print = `${page.generation} ${unit} ${sparkFrom(nowMs)} ${ids.map((id) => versions.get(id) ?? 0).join(" ")}`;
    const known = this.#kept.get(zone.id);
    if (known?.print === print) return known.bands;
    const bands = kept.turns.take(async () => bandsOf(zone, { compared, unit, nowMs, reader: await this.#reader(scene) }));
    this.#kept.set(zone.id, { print, bands });
    bands.catch(() => this.#kept.delete(zone.id));
    return bands;
  }

  #reader(scene: BuildingScene): Promise<RoleReader> {
    if (this.#reading?.scene !== scene) {
      const { nowMs } = scene.parts;
      const fromMs = sparkFrom(nowMs);
      const reader = scene.reader({ fromMs, toMs: Math.min(fromMs + SLOTS * QUARTER_MS, nowMs + 1), horizonMs: nowMs + 1 });
      this.#reading = { scene, reader };
    }
    return this.#reading.reader;
  }
}

/** The setpoints of a zone, in use and out of use. */
interface Compared {
  readonly inUse: Setpoints;
  readonly outOfUse: Setpoints;
  readonly roles: readonly Role[];
  /** It is compared with others while it is in use. */
  readonly byHours: boolean;
  /** Series whose samples make its band. */
  readonly ids: readonly number[];
}

function comparedOf({ roles }: Equipment): Compared {
  const [inUse, outOfUse] = [setpointsNow(roles, true), setpointsNow(roles, false)];
  const all = [...Object.values(inUse), ...Object.values(outOfUse)] as Role[];
  const asked = [...new Set(all)].filter((role) => roles.has(role));
  const byHours = inUse.heating !== outOfUse.heating || inUse.cooling !== outOfUse.cooling || inUse.single !== outOfUse.single;
  const heard: readonly Role[] = byHours ? [...asked, "occupancy"] : asked;
  return { inUse, outOfUse, roles: asked, byHours, ids: heard.flatMap((role) => roles.get(role)?.series.map(({ id }) => id) ?? []) };
}

interface Asked {
  readonly compared: Compared;
  readonly unit: "°F" | "°C";
  readonly nowMs: number;
  readonly reader: RoleReader;
}

async function bandsOf(zone: Equipment, { compared, unit, nowMs, reader }: Asked): Promise<readonly SparkBand[]> {
  const { settings } = reader.parts;
  const { inUse, outOfUse, roles, byHours } = compared;
  const tMs = middles(nowMs);
  const said = new Map(await Promise.all(roles.map(async (role) => [role, await saidAt(zone, role, { tMs, unit, reader })] as const)));
  const hours = hoursOf(settings, reader.range);
  const { occupied } = byHours ? await occupancyOf(zone, hours, reader) : hours;
  const inside = membership(tMs, occupied);
  const margin = convertDifference(settings.band, settings.bandUnit, unit);
  const bands: SparkBand[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const { low, high } = limitsAt(slot, inside[slot] === 1 ? inUse : outOfUse, said);
    const last = bands.at(-1);
    if (last !== undefined && Object.is(last.low, low - margin) && Object.is(last.high, high + margin)) continue;
    bands.push({ fromMs: sparkFrom(nowMs) + slot * QUARTER_MS, low: low - margin, high: high + margin });
  }
  return bands.every(({ low }) => Number.isNaN(low)) ? [] : bands;
}

function limitsAt(slot: number, { heating, cooling, single }: Setpoints, said: ReadonlyMap<Role, Float64Array>) {
  const at = (role: Role | undefined): number => (role && said.get(role)?.[slot]) ?? Number.NaN;
  const [low, high] = [at(heating), at(cooling)];
  return Number.isNaN(low) || Number.isNaN(high) ? { low: at(single), high: at(single) } : { low, high };
}

/** What a setpoint was at instants. Missing: NaN. */
async function saidAt(
  zone: Equipment,
  role: Role,
  { tMs, unit, reader }: { readonly tMs: Float64Array; readonly unit: string; readonly reader: RoleReader },
): Promise<Float64Array> {
  const point = zone.roles.get(role);
  const of = point && (await readClean(point, role, reader));
  if (of === undefined) return new Float64Array(tMs.length).fill(Number.NaN);
  const { pairingMs: toleranceMs } = reader.parts.settings.flow;
  const { index } = pairingOf({ tMs }, of.column, { toleranceMs, silences: of.silences, speaking: of.speaking });
  return valuesAt(index, of.column.value, conversion(of.unit, unit));
}

/** The middle of each quarter-hour; of the running one no later than now. */
function middles(nowMs: number): Float64Array {
  const fromMs = sparkFrom(nowMs);
  return Float64Array.from({ length: SLOTS }, (_, slot) => Math.min(nowMs, fromMs + (slot + 0.5) * QUARTER_MS));
}
