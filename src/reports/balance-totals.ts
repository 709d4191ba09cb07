import { balanceOf, balanceShares } from "#analytics/balance.ts";
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

type Energies = Omit<HomeBalance, "fromMs" | "toMs" | "now" | "selfConsumption" | "autarky" | "coverage">;
/** Energies with the number of intervals, and of those in which every meter was known. */
type Sums = Energies & { readonly known: number; readonly intervals: number };
type Pieces = { readonly [K in keyof Meters]: readonly (readonly Intervals[])[] };

const NAMES = ["gridInKwh", "gridOutKwh", "solarKwh", "batteryInKwh", "batteryOutKwh", "houseKwh"] as const;

/** Sums the balance a piece of history at a time, and keeps each sum for as long as no meter's piece changes. */
export class BalanceTotals {
  readonly #kept = new WeakMap<Intervals, { readonly parts: readonly Intervals[]; readonly sums: Sums }>();

  async over(meters: Meters, range: Range): Promise<Omit<HomeBalance, "fromMs" | "toMs" | "now">> {
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
    const { known, intervals, ...sums } = Array.from({ length: count }, (_, i) => this.#sumsAt(pieces, i)).reduce(plus, NOTHING);
    return { ...sums, ...balanceShares(sums), coverage: intervals === 0 ? 0 : known / intervals };
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
    const sums = energiesOf((name) => total[name], total);
    this.#kept.set(bought, { parts, sums });
    return sums;
  }
}

function energiesOf(of: (name: keyof Energies) => number, { known, intervals }: Pick<Sums, "known" | "intervals">): Sums {
  const energies = Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<keyof Energies, number>;
  return { ...energies, known, intervals };
}

const NOTHING = energiesOf(() => Number.NaN, { known: 0, intervals: 0 });

/** What is not known of one stretch takes nothing from what is known of another. */
function plus(a: Sums, b: Sums): Sums {
  const sum = (name: keyof Energies): number => (Number.isNaN(a[name]) ? b[name] : a[name] + (b[name] || 0));
  return energiesOf(sum, { known: a.known + b.known, intervals: a.intervals + b.intervals });
}

async function piecesOf({ history, less }: Counts, range: Range): Promise<readonly Intervals[]> {
  const [all, part] = await Promise.all([history.pieces(range), less?.pieces(range)]);
  if (part === undefined) return all;
  return all.map((one, i) => ({
    ...one,
    energyKwh: one.energyKwh.map((kwh, row) => Math.max(0, kwh - (part[i]?.energyKwh[row] as number))),
  }));
}
