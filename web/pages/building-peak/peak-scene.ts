import type { PeakAnswerInfo, PeakMoverInfo } from "#contract/building-peak.ts";

/** A piece of the bar that says what a peak was made of. */
export interface PeakPiece {
  readonly name: string;
  readonly kw: number;
  readonly kind: "usual" | "more" | "rest";
}

/** Pieces below this share of what was above usual go into the rest. */
const LEAST_SHARE_PCT = 4;
const MOST_PIECES = 6;

/** What was usual, then what came on top, the largest first; what no meter explains at the end. Empty below the usual, or unknown. */
export function peakPieces({ of, movers }: Pick<PeakAnswerInfo, "of" | "movers">): PeakPiece[] {
  const { valueKw, usualKw } = of;
  if (valueKw === null || usualKw === null || valueKw <= usualKw) return [];
  const more = movers
    .filter((mover) => mover.unit === "kW" && (mover.sharePct ?? 0) >= LEAST_SHARE_PCT && mover.value !== null && mover.usual !== null)
    .map((mover) => ({ name: mover.name, kw: (mover.value as number) - (mover.usual as number), kind: "more" as const }))
    .toSorted((a, b) => b.kw - a.kw)
    .slice(0, MOST_PIECES);
  const above = valueKw - usualKw;
  const told = more.reduce((sum, { kw }) => sum + kw, 0);
  // Meters behind one another say the same kilowatt twice: then they are shown as they fit.
  const shown = told > above ? more.map((piece) => ({ ...piece, kw: (piece.kw * above) / told })) : more;
  const rest = above - Math.min(above, told);
  return [
    { name: "usual", kw: usualKw, kind: "usual" },
    ...shown,
    ...(rest > above * 0.01 ? [{ name: "not metered apart", kw: rest, kind: "rest" as const }] : []),
  ];
}

export interface MoverGroup {
  readonly title: string;
  readonly movers: readonly PeakMoverInfo[];
}

/** Power first, by its part of the rise; then air handlers, zones and all else, the most unusual first. */
export function moverGroups(movers: readonly PeakMoverInfo[]): MoverGroup[] {
  const groupOf = ({ unit, equipment }: PeakMoverInfo): string =>
    unit === "kW"
      ? "Power"
      : equipment === null
        ? "Elsewhere"
        : /(^|-)(ahu|rtu)-/.test(`${equipment}-`)
          ? "Air handlers"
          : /(^|-)(vav|fpb|fcu|zone)-/.test(`${equipment}-`)
            ? "Zones"
            : "Elsewhere";
  const order = ["Power", "Air handlers", "Zones", "Elsewhere"];
  return order.flatMap((title) => {
    const found = movers.filter((mover) => groupOf(mover) === title);
    const own = title === "Power" ? found.toSorted((a, b) => (b.sharePct ?? 0) - (a.sharePct ?? 0)) : found;
    return own.length === 0 ? [] : [{ title, movers: own }];
  });
}

/** Where usual and value stand on a lane, in percent of its width. */
export interface Lane {
  readonly low: number;
  readonly high: number;
  readonly usual: number;
  readonly value: number;
}

/** The lane of one series: from a little below the lowest of all it shows to a little above the highest. Missing: undefined where a number is. */
export function laneOf({ value, usual, low, high }: Pick<PeakMoverInfo, "value" | "usual" | "low" | "high">): Lane | undefined {
  if (value === null || usual === null) return undefined;
  const [from, to] = [low ?? usual, high ?? usual];
  const least = Math.min(value, usual, from);
  const most = Math.max(value, usual, to);
  const span = most - least;
  const at = (one: number): number => (span === 0 ? 50 : 4 + (92 * (one - least)) / span);
  return { low: at(from), high: at(to), usual: at(usual), value: at(value) };
}

/** A stretch of an address, "fromMs-toMs". */
export function selectedRange(select: string | undefined): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(select ?? "") ?? [];
  const range = { from: Number(from), to: Number(to) };
  return range.to > range.from ? range : undefined;
}
