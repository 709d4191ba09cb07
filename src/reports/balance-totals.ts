import { type BalanceSums, balanceOf, balanceShares } from "#analytics/balance.ts";
import type { Intervals } from "#analytics/intervals.ts";
import type { Range } from "#store/store.ts";
import type { History } from "./history.ts";
import type { HomeBalance } from "./home-answers.ts";

/** A meter that counts one way, or both ways in one register less what it counts back in another. */
export interface Counts {
  readonly history: History;
  readonly less?: History;
}

/** What is metered at a home. What is left out is not there. */
export interface Meters {
  readonly gridIn: Counts;
  readonly gridOut: Counts | undefined;
  readonly solar: readonly (Counts | undefined)[];
  readonly batteryIn: readonly (Counts | undefined)[];
  readonly batteryOut: readonly (Counts | undefined)[];
}

type Sums = Omit<HomeBalance, "fromMs" | "toMs" | "now" | "selfConsumption" | "autarky">;
type Pieces = { readonly [K in keyof Meters]: readonly (readonly Intervals[])[] };

const NAMES = ["gridInKwh", "gridOutKwh", "solarKwh", "batteryInKwh", "batteryOutKwh", "houseKwh"] as const;

/** Sums the balance a piece of history at a time, and keeps each sum for as long as no meter's piece changes. */
export class BalanceTotals {
  readonly #kept = new WeakMap<Intervals, { readonly parts: readonly Intervals[]; readonly sums: Sums }>();

  async over(meters: Meters, range: Range): Promise<Sums & ReturnType<typeof balanceShares>> {
    const of = (all: readonly (Counts | undefined)[]) =>
      Promise.all(all.flatMap((one) => (one === undefined ? [] : [piecesOf(one, range)])));
    const [gridIn, gridOut, solar, batteryIn, batteryOut] = await Promise.all([
      of([meters.gridIn]),
      of([meters.gridOut]),
      of(meters.solar),
      of(meters.batteryIn),
      of(meters.batteryOut),
    ]);
    const pieces: Pieces = { gridIn, gridOut, solar, batteryIn, batteryOut };
    const count = gridIn[0]?.length ?? 0;
    const sums = Array.from({ length: count }, (_, i) => this.#sumsAt(pieces, i)).reduce(plus, NOTHING);
    return { ...sums, ...balanceShares(sums as BalanceSums) };
  }

  #sumsAt({ gridIn, gridOut, solar, batteryIn, batteryOut }: Pieces, i: number): Sums {
    const at = (all: readonly (readonly Intervals[])[]): Intervals[] => all.map((pieces) => pieces[i] as Intervals);
    const [bought] = at(gridIn) as [Intervals];
    const [sold] = at(gridOut);
    const parts = [...at(gridOut), ...at(solar), ...at(batteryIn), ...at(batteryOut)];
    const kept = this.#kept.get(bought);
    if (kept?.parts.length === parts.length && kept.parts.every((part, k) => part === parts[k])) return kept.sums;
    const { total } = balanceOf({
      gridIn: bought,
      ...(sold === undefined ? {} : { gridOut: sold }),
      solar: at(solar),
      batteryIn: at(batteryIn),
      batteryOut: at(batteryOut),
    });
    const sums = Object.fromEntries(NAMES.map((name) => [name, total[name]])) as unknown as Sums;
    this.#kept.set(bought, { parts, sums });
    return sums;
  }
}

const NOTHING = Object.fromEntries(NAMES.map((name) => [name, Number.NaN])) as unknown as Sums;

/** What is not known of one stretch takes nothing from what is known of another. */
function plus(a: Sums, b: Sums): Sums {
  const sums = NAMES.map((name) => [name, Number.isNaN(a[name]) ? b[name] : a[name] + (b[name] || 0)] as const);
  return Object.fromEntries(sums) as unknown as Sums;
}

async function piecesOf({ history, less }: Counts, range: Range): Promise<readonly Intervals[]> {
  const [all, part] = await Promise.all([history.pieces(range), less?.pieces(range)]);
  if (part === undefined) return all;
  return all.map((one, i) => ({
    ...one,
    energyKwh: one.energyKwh.map((kwh, row) => Math.max(0, kwh - (part[i]?.energyKwh[row] as number))),
  }));
}
