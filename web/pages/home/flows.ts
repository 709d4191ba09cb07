import type { HomeBalanceAnswer } from "#contract/home.ts";

type Balance = NonNullable<HomeBalanceAnswer["balance"]>;

/** One way in or out of the house's own wires. */
export interface Flow {
  readonly name: string;
  readonly kwh: number;
  /** A token of the theme. */
  readonly color: string;
  /** Place of its end on the outside and on the bus. Units: percent of the height, from the top. */
  readonly outer: readonly [number, number];
  readonly inner: readonly [number, number];
}

export interface Flows {
  readonly from: readonly Flow[];
  readonly to: readonly Flow[];
  /** The bus all of them meet at: it does not know which energy went where. Units: percent of the height. */
  readonly bus: readonly [number, number];
}

interface Way {
  readonly name: string;
  readonly kwh: number;
  readonly color: string;
}

const SLOT_SHARE = 0.72;
const BUS_SHARE = 0.86;

/** Where energy came from and where it went, as bands of equal scale that meet in one bus. Ways that are not metered are left out. */
export function flowsOf(
  balance: Pick<Balance, "gridInKwh" | "gridOutKwh" | "solarKwh" | "batteryInKwh" | "batteryOutKwh" | "houseKwh">,
): Flows {
  const from = known([
    ["Sun", balance.solarKwh, "--export"],
    ["From the battery", balance.batteryOutKwh, "--good"],
    ["Bought", balance.gridInKwh, "--import"],
  ]);
  const to = known([
    ["House", balance.houseKwh, "--neutral"],
    ["Into the battery", balance.batteryInKwh, "--good"],
    ["Sold", balance.gridOutKwh, "--export"],
  ]);
  const total = Math.max(sum(from), sum(to));
  const perKwh = total > 0 ? Math.min(scaleOf(from), scaleOf(to), (100 * BUS_SHARE) / total) : 0;
  const half = (total * perKwh) / 2;
  return { from: placed(from, perKwh), to: placed(to, perKwh), bus: [50 - half, 50 + half] };
}

function known(ways: readonly (readonly [string, number | null, string])[]): Way[] {
  return ways.flatMap(([name, kwh, color]) => (kwh === null || !Number.isFinite(kwh) ? [] : [{ name, kwh: Math.max(0, kwh), color }]));
}

const sum = (ways: readonly Way[]): number => ways.reduce((all, way) => all + way.kwh, 0);

/** Percent of height per kWh at which the largest still fits its slot. */
function scaleOf(ways: readonly Way[]): number {
  const most = ways.reduce((high, way) => Math.max(high, way.kwh), 0);
  return most > 0 ? (100 * SLOT_SHARE) / (most * ways.length) : Number.POSITIVE_INFINITY;
}

function placed(ways: readonly Way[], perKwh: number): Flow[] {
  let inner = 50 - (sum(ways) * perKwh) / 2;
  return ways.map((way, index) => {
    const height = way.kwh * perKwh;
    const middle = ((index + 0.5) * 100) / ways.length;
    const from = inner;
    inner += height;
    return { ...way, outer: [middle - height / 2, middle + height / 2], inner: [from, inner] };
  });
}

/** Outline of a band between two upright edges, as an SVG path in a box of 100 by 100. */
export function bandPath(
  left: readonly [x: number, from: number, to: number],
  right: readonly [x: number, from: number, to: number],
): string {
  const [x0, a0, b0] = left;
  const [x1, a1, b1] = right;
  const middle = (x0 + x1) / 2;
  const at = (value: number) => Number(value.toFixed(2));
  return `M${x0} ${at(a0)}C${middle} ${at(a0)} ${middle} ${at(a1)} ${x1} ${at(a1)}V${at(b1)}C${middle} ${at(b1)} ${middle} ${at(b0)} ${x0} ${at(b0)}Z`;
}
