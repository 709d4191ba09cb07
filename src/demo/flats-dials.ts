import type { FlatsLoads, Floor } from "./flats-loads.ts";
import { allocated, FLOORS } from "./flats-loads.ts";
import { EPOCH_MS } from "./load.ts";
import { chance } from "./noise.ts";
import { DAY_MS, round } from "./spans.ts";

/** A dial that somebody reads on a walk through the house. */
export interface Dial {
  readonly id: string;
  readonly name: string;
  readonly quantity: string;
  readonly unit: "kWh" | "MWh" | "m³" | "units";
  /** What it shows at an instant. Missing: undefined while it is not there. */
  shows(tMs: number): number | undefined;
  /** Days on which it is read beside the walks. */
  readonly alsoAt?: readonly number[];
  /** What is written down instead. */
  readonly misread?: (tMs: number, value: number) => number;
}

/** Walks begin at this hour of UTC. */
export const WALK_OFFSET_MS = 16 * 3_600_000 + 40 * 60_000;
const walkOn = (date: string): number => Date.parse(`${date}T00:00Z`) + WALK_OFFSET_MS;

/** The old meter with its two registers made way for one that is read by radio. */
export const POWER_SWAP_MS = walkOn("2024-11-18");
const GAS_SWAP_MS = walkOn("2025-05-06");
/** The attic's meter ran out of its calibration and was changed in its place. */
export const ATTIC_SWAP = { tMs: walkOn("2025-09-12"), first: 0.4 } as const;
const ATTIC_START = 18_204.2;

const NAMES: Readonly<Record<Floor, string>> = { ground: "Ground floor", first: "First floor", attic: "Attic" };

/** Doors that stay shut on every second walk: the attic's on one, the cellar's, where heat is counted, on the other. */
function isShut({ id }: Dial, tMs: number): boolean {
  const isEven = new Date(tMs).getUTCMonth() % 2 === 0;
  return id.startsWith("attic-") && !id.endsWith("heat") ? isEven : id.endsWith("-heat") && !isEven;
}

/** Every dial that is read by hand. `yearStartMs`: when the local year of an instant began. */
export function flatsDials(seed: number, loads: FlatsLoads, yearStartMs: (tMs: number) => number): Dial[] {
  return [
    dial({ id: "power-day", name: "Electricity by day", quantity: "energy", unit: "kWh" }, oldRegister(loads, 0.66, 41_208.3), [
      POWER_SWAP_MS,
    ]),
    dial({ id: "power-night", name: "Electricity by night", quantity: "energy", unit: "kWh" }, oldRegister(loads, 0.34, 17_930.8), [
      POWER_SWAP_MS,
    ]),
    ...FLOORS.map((floor) => flatPower(floor, loads)),
    dial(
      { id: "gas-old", name: "Gas until 2025", quantity: "gas-volume", unit: "m³" },
      (tMs) => (tMs > GAS_SWAP_MS ? undefined : round(31_077.4 + loads.gas.total(tMs), 2)),
      [GAS_SWAP_MS],
    ),
    dial(
      { id: "gas-new", name: "Gas since 2025", quantity: "gas-volume", unit: "m³" },
      (tMs) => (tMs < GAS_SWAP_MS ? undefined : round(0.35 + loads.gas.total(tMs) - loads.gas.total(GAS_SWAP_MS), 2)),
      [GAS_SWAP_MS],
    ),
    ...FLOORS.flatMap((floor, k) => [flatWater(seed + k, floor, loads), warmWater(floor, loads)]),
    ...FLOORS.map((floor) =>
      dial({ id: `${floor}-heat`, name: `${NAMES[floor]}, heat`, quantity: "heat-energy", unit: "MWh" }, (tMs) =>
        round(12.41 + loads.heat[floor].total(tMs) / 1000, 3),
      ),
    ),
    ...(["ground", "first"] as const).map((floor) =>
      dial({ id: `${floor}-allocator`, name: `${NAMES[floor]}, living room allocator`, quantity: "units", unit: "units" }, (tMs) =>
        allocated(loads.heat[floor], tMs, yearStartMs(tMs)),
      ),
    ),
  ];
}

function dial(what: Pick<Dial, "id" | "name" | "quantity" | "unit">, shows: Dial["shows"], alsoAt: readonly number[] = []): Dial {
  return { ...what, shows, alsoAt };
}

function oldRegister(loads: FlatsLoads, share: number, start: number): Dial["shows"] {
  return (tMs) => (tMs > POWER_SWAP_MS ? undefined : round(start + share * loads.daily.total(tMs), 1));
}

function flatPower(floor: Floor, { power }: FlatsLoads): Dial {
  const what = { id: `${floor}-power`, name: `${NAMES[floor]}, electricity`, quantity: "energy", unit: "kWh" } as const;
  if (floor !== "attic") return dial(what, (tMs) => round((floor === "ground" ? 9_340.6 : 22_871.9) + power[floor].total(tMs), 1));
  const shows = (tMs: number): number =>
    tMs < ATTIC_SWAP.tMs
      ? atticBefore(power.attic.total(tMs))
      : round(ATTIC_SWAP.first + power.attic.total(tMs) - power.attic.total(ATTIC_SWAP.tMs), 1);
  return dial(what, shows, [ATTIC_SWAP.tMs - DAY_MS]);
}

const atticBefore = (kwh: number): number => round(ATTIC_START + kwh, 1);

/** What the attic's old meter showed last. */
export const atticLast = ({ power }: FlatsLoads): number => atticBefore(power.attic.total(ATTIC_SWAP.tMs));

function flatWater(seed: number, floor: Floor, { cold }: FlatsLoads): Dial {
  const what = { id: `${floor}-cold`, name: `${NAMES[floor]}, cold water`, quantity: "water-volume", unit: "m³" } as const;
  const plain = dial(what, (tMs) => round(80 + 60 * chance(seed, 1) + cold[floor].total(tMs), 3));
  // On the walk of one September in two the point is overlooked.
  const isMisread = (tMs: number): boolean => new Date(tMs).getUTCMonth() === 8 && new Date(tMs).getUTCFullYear() % 2 === 0;
  return floor === "first" ? { ...plain, misread: (tMs, value) => (isMisread(tMs) ? round(value * 10, 2) : value) } : plain;
}

function warmWater(floor: Floor, { warm }: FlatsLoads): Dial {
  return dial({ id: `${floor}-warm`, name: `${NAMES[floor]}, warm water`, quantity: "water-volume", unit: "m³" }, (tMs) =>
    round(41.2 + warm[floor].total(tMs), 3),
  );
}

/** Somebody goes round on one of the first four days of a month, and does not get into every room. */
export function isRead(dial: Dial, tMs: number, { seed, index }: { seed: number; index: number }): boolean {
  if (tMs < EPOCH_MS || isShut(dial, tMs)) return false;
  const date = new Date(tMs);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return date.getUTCDate() === 1 + Math.floor(4 * chance(seed, month)) && chance(seed + 1 + index, month) > 0.09;
}
