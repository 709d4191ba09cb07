import type { UsageSummaryAnswer } from "#contract/usage.ts";
import { countText } from "#web/parts/format-number.ts";
import { PAGES } from "#web/parts/shell/pages.ts";

/** What people call a page of ours; another path stands for itself. */
const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(PAGES.map(({ to, label }) => [to, label])),
  "/plant": "Executive",
};

/** "/data-quality" as "Data quality". */
export function pageName(path: string): string {
  return Object.hasOwn(NAMES, path) ? (NAMES[path] ?? path) : path;
}

/** "41 views today; Data quality is opened most, 212 times in 30 days." */
export function usageSentence(answer: Pick<UsageSummaryAnswer, "today" | "byPath" | "days">): string {
  const top = answer.byPath[0];
  const today =
    answer.today === 0 ? "No page was opened today" : `${countText(answer.today)}\u00a0${answer.today === 1 ? "view" : "views"} today`;
  if (top === undefined) return `${today}.`;
  return `${today}; ${pageName(top.path)} is opened most, ${times(top.count)} in ${countText(answer.days)} days.`;
}

function times(count: number): string {
  if (count === 1) return "once";
  if (count === 2) return "twice";
  return `${countText(count)} times`;
}
