import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import type { Bar, BarScene } from "#web/charts/bar-scene.ts";
import { periodShort } from "./words.ts";

/** Periods side by side: metered demand solid, what a rule adds hatched, the floor as steps. */
export function ratchetScene(answer: BillsAnswer): BarScene {
  const { bills, zone, basis } = answer;
  const remembered = rememberedBy(bills);
  const bars: Bar[] = bills.flatMap((row, index): Bar[] => {
    const metered = row.meteredKw ?? Number.NaN;
    const strong = index === bills.length - 1 || index === remembered;
    const base: Bar = { x0: index, x1: index + 1, value: metered, color: "--import", ...(strong ? { strong: true } : {}) };
    const added = (row.billedKw ?? 0) > (row.meteredKw ?? 0) + 1e-9;
    return added
      ? [base, { ...base, value: row.billedKw ?? Number.NaN, base: row.meteredKw ?? 0, color: "--warn", hatched: true }]
      : [base];
  });
  return {
    fromX: 0,
    toX: Math.max(1, bills.length),
    unit: "kW",
    bars,
    lines: [{ x: bills.map((_, index) => index).concat(bills.length), y: floorsOf(bills), shape: "step", color: "--text-2", dash: [5, 3] }],
    levels: [],
    shades: [],
    ticks: () => bills.map((row, index) => ({ x: index + 0.5, label: periodShort(row.period.fromMs, zone, basis) })),
    notes: bills.length > 0 ? [newestNote(bills)] : [],
  };
}

function floorsOf(bills: readonly BillRow[]): number[] {
  const floors = bills.map((row) => row.ratchetKw ?? row.minimumKw ?? Number.NaN);
  return [...floors, floors.at(-1) ?? Number.NaN];
}

function newestNote(bills: readonly BillRow[]) {
  const newest = bills.at(-1);
  const kw = Math.max(newest?.billedKw ?? 0, newest?.meteredKw ?? 0);
  return { x: bills.length - 0.5, y: kw, text: kw.toFixed(1), align: "center" as const };
}

/** Number of the period whose demand the newest one's ratchet remembers; -1 where there is none. */
function rememberedBy(bills: readonly BillRow[]): number {
  const from = bills.at(-1)?.ratchetFrom;
  return from === null || from === undefined ? -1 : bills.findIndex((row) => row.period.name === from);
}

/** Periods whose demand the ratchet lifted, and what that cost in all, in cents of the shown rows. */
export function liftedBy(bills: readonly BillRow[]): { readonly count: number; readonly cost: number } {
  const lifted = bills.filter((row) => row.rule === "ratchet" || row.rule === "minimum");
  return { count: lifted.length, cost: lifted.reduce((sum, row) => sum + Number(row.ratchetCost ?? 0), 0) };
}
