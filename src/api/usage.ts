import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { UsageSummaryAnswer } from "#contract/usage.ts";
import type { Store } from "#store/store.ts";

const DEFAULT_DAYS = 180;
const WEEK_DAYS = 7;
const MONTH_DAYS = 30;
const MOST_CHARACTERS = 200;
/** Pages that are told apart on one day: addresses somebody makes up must not fill the disk. */
const MOST_PATHS = 200;
const OTHERS = "/(others)";
/** Views are written together, not one by one. */
const WRITE_MS = 2_000;
/** Days that are forgotten in one go after the program did not run for long. */
const MOST_FORGOTTEN = 60;

type Views = Map<string, { count: number; lastSeenMs: number }>;

/** Page views by local day and page. No person, address or browser is kept. */
export interface Usage {
  view(path: string): Promise<void>;
  summary(days: number): Promise<UsageSummaryAnswer>;
  close(): Promise<void>;
}

interface UsageDeps {
  readonly store: Pick<Store, "setting" | "saveSetting">;
  readonly nowMs: () => number;
  /** Its clock makes the days. */
  readonly zone: Zone;
  readonly keptDays?: number;
}

/** What of an address counts as the page: without its query, from the root, 200 characters at the most. */
export function pagePath(path: string): string {
  const bare = path.trim().split(/[?#]/, 1)[0] ?? "";
  const rooted = bare.startsWith("/") ? bare : `/${bare}`;
  return rooted.slice(0, MOST_CHARACTERS);
}

/** Counts page views; what was counted is in the store within seconds and when it closes. */
export function openUsage(deps: UsageDeps): Usage {
  const keptDays = deps.keptDays ?? DEFAULT_DAYS;
  const days = new Map<string, Views>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const dateOf = (tMs: number): string => dateText(tMs, deps.zone);
  const daysAgo = (count: number): string => dateOf(deps.zone.addDays(deps.nowMs(), -count));

  async function viewsOf(date: string): Promise<Views> {
    const known = days.get(date);
    if (known) return known;
    const read = viewsFrom(await deps.store.setting(nameOf(date)));
    // Another view of the same day may have read it meanwhile: both count in one map.
    const views = days.get(date) ?? read;
    days.set(date, views);
    return views;
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const dates = [...changed];
    changed.clear();
    for (const date of dates) await deps.store.saveSetting(nameOf(date), textOf(days.get(date) ?? new Map()));
  }

  async function forget(): Promise<void> {
    for (let i = 0; i < MOST_FORGOTTEN; i++) {
      const date = daysAgo(keptDays + i);
      days.delete(date);
      changed.delete(date);
      const said = await deps.store.setting(nameOf(date));
      if (said !== undefined && said !== "") await deps.store.saveSetting(nameOf(date), "");
    }
  }

  return {
    async view(path) {
      const nowMs = deps.nowMs();
      const date = dateOf(nowMs);
      const first = !days.has(date);
      const views = await viewsOf(date);
      const page = pagePath(path);
      const name = views.has(page) || views.size < MOST_PATHS ? page : OTHERS;
      views.set(name, { count: (views.get(name)?.count ?? 0) + 1, lastSeenMs: nowMs });
      changed.add(date);
      if (first) await forget();
      timer ??= setTimeout(() => {
        write().catch(() => changed.add(date));
      }, WRITE_MS).unref();
    },
    async summary(count) {
      const dates = Array.from({ length: Math.min(count, keptDays) }, (_, i) => daysAgo(i)).toReversed();
      const all = await Promise.all(dates.map(viewsOf));
      const month = await Promise.all(Array.from({ length: Math.min(MONTH_DAYS, keptDays) }, (_, i) => viewsOf(daysAgo(i))));
      const byDay = dates.map((date, i) => ({ date, count: totalOf([all[i] as Views]) }));
      const byPath = pagesOf(all);
      return {
        days: count,
        zone: deps.zone.id,
        today: totalOf(month.slice(0, 1)),
        last7Days: totalOf(month.slice(0, WEEK_DAYS)),
        last30Days: totalOf(month),
        total: totalOf(all),
        keptDays,
        lastSeenMs: byPath.length === 0 ? null : Math.max(...byPath.map((page) => page.lastSeenMs)),
        byDay,
        byPath,
      };
    },
    close: write,
  };
}

const nameOf = (date: string): string => `usage.${date}`;

function totalOf(days: readonly Views[]): number {
  return days.reduce((sum, views) => [...views.values()].reduce((all, one) => all + one.count, sum), 0);
}

function pagesOf(days: readonly Views[]): UsageSummaryAnswer["byPath"] {
  const pages: Views = new Map();
  for (const [path, { count, lastSeenMs }] of days.flatMap((views) => [...views])) {
    const had = pages.get(path);
    pages.set(path, { count: (had?.count ?? 0) + count, lastSeenMs: Math.max(had?.lastSeenMs ?? 0, lastSeenMs) });
  }
  return [...pages].map(([path, one]) => ({ path, ...one })).toSorted((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
}

function textOf(views: Views): string {
  return JSON.stringify([...views].map(([path, { count, lastSeenMs }]) => [path, count, lastSeenMs]));
}

function viewsFrom(text: string | undefined): Views {
  if (text === undefined || text === "") return new Map();
  return new Map((JSON.parse(text) as [string, number, number][]).map(([path, count, lastSeenMs]) => [path, { count, lastSeenMs }]));
}
