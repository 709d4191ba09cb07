import type { FileContent, FileProblem } from "#dialects/file-format.ts";
import type { PullCounts } from "#intake/pull/pulled.ts";
import type { ImportReport } from "#store/records.ts";
import type { Difference } from "./judge.ts";

const SHOWN_PROBLEMS = 3;

/** A file that was taken, told to people. */
export function takenReport(
  name: string,
  content: FileContent,
  { counts, difference }: { counts: NonNullable<ImportReport["counts"]>; difference: Difference | undefined },
): ImportReport {
  const { problems, problemCount } = content;
  const sentence = [rowsSentence(name, counts), leftOut(problemCount), ...changes(difference)].filter((part) => part !== "").join(" ");
  return { sentence, problems, problemCount, counts, ...difference };
}

/** A file of readings that was taken. */
export function readingsReport(
  name: string,
  { counts, problems, problemCount }: { counts: PullCounts; problems: readonly FileProblem[]; problemCount: number },
): ImportReport {
  const told = { new: counts.fresh, confirmed: 0, replaced: counts.changed, unchanged: counts.same, repeated: 0 };
  const parts = [rowsSentence(name, told), leftOut(problemCount), ...problems.slice(0, SHOWN_PROBLEMS).map(problemText)];
  return { sentence: parts.filter((part) => part !== "").join(" "), problems, problemCount, counts: told };
}

/** A file that was refused. */
export function refusedReport(name: string, problems: readonly FileProblem[], problemCount = problems.length): ImportReport {
  const first = problems.slice(0, SHOWN_PROBLEMS).map(problemText).join(" ");
  const more = problemCount > SHOWN_PROBLEMS ? ` And ${number(problemCount - SHOWN_PROBLEMS)} more.` : "";
  return { sentence: `${name} is refused, nothing of it is stored. ${first}${more}`, problems, problemCount };
}

function problemText({ line, sentence }: FileProblem): string {
  return line === undefined ? sentence : `Line ${line}: ${sentence}`;
}

function rowsSentence(name: string, counts: NonNullable<ImportReport["counts"]>): string {
  const rows = counts.new + counts.confirmed + counts.replaced + counts.unchanged;
  const kinds = (["new", "confirmed", "replaced", "unchanged"] as const).filter((kind) => counts[kind] > 0);
  const told = kinds.map((kind) => `${number(counts[kind])} ${kind}`).join(", ");
  return rows === 0 ? `${name}: no row yet.` : `${name}: ${number(rows)} ${rows === 1 ? "row" : "rows"}, ${told}.`;
}

function leftOut(count: number): string {
  return count === 0 ? "" : `${number(count)} bad ${count === 1 ? "cell or row was" : "cells or rows were"} left out.`;
}

/** What it means for demand and money. */
function changes(difference: Difference | undefined): string[] {
  const told: string[] = [];
  const { before, after } = difference?.peak ?? {};
  if (before !== undefined && after !== undefined && Math.abs(before.kw - after.kw) >= 0.05)
    told.push(`The peak of its time goes from ${number(before.kw)} to ${number(after.kw)} kW.`);
  for (const bill of difference?.bills?.slice(0, 1) ?? []) {
    const others = (difference?.bills?.length ?? 1) - 1;
    const more = others === 0 ? "" : others === 1 ? ", and one other bill changes" : `, and ${others} other bills change`;
    told.push(`The bill from ${bill.period} goes from ${bill.total.before} to ${bill.total.after} ${bill.currency}${more}.`);
  }
  return told;
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
