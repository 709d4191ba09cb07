import { kebab } from "#dialects/kebab.ts";
import { placesBefore } from "#intake/pull/before.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import { PullWriter } from "#intake/pull/pull-writer.ts";
import { noCounts, type PullHouse, type Pulling, type PullOutcome } from "#intake/pull/pulled.ts";
import type { Source } from "#intake/source.ts";
import { lowerBound } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { TibberHome } from "./answer.ts";
import { askTibber, type TibberAccount } from "./client.ts";
import { HOUR_MS, readingsOf } from "./readings.ts";

export interface TibberPull {
  /** `points` has the point of a home by its id. */
  readonly source: Source;
  readonly account: TibberAccount;
  /** Point of the account's only home. */
  readonly point?: string;
  /** Hours that are always asked for again: they heal and change. */
  readonly lookbackHours: number;
  readonly maxLookbackHours: number;
}

/** Prices of tomorrow are told today. */
const AHEAD_MS = 48 * HOUR_MS;

/**
 * Takes the hours of every home of an account, and its prices. Hours that are not known yet are asked for again, back to the oldest of
 * them, until they are; those that changed replace what was told before.
 * Errors: PullProblem; those of the store.
 */
export async function pullTibber(pull: TibberPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  const { account, maxLookbackHours, lookbackHours } = pull;
  const { signal, note, progress } = pulling;
  progress(0, 1, "asking");
  const known = await backHours(pull, house);
  const usual = pulling.thorough || known.size === 0 ? maxLookbackHours : Math.max(lookbackHours, ...known.values());
  let homes = await askTibber(account, usual, signal);
  const before = placesBefore(await house.store.registry(), pull.source.name);
  const points = placesOf(homes, pull, before);
  // A home that is new has its whole past still to come.
  const isNew = homes.some(({ id }) => !known.has(points.get(id) ?? id));
  if (isNew && usual < maxLookbackHours) homes = await askTibber(account, maxLookbackHours, signal);
  const hours = isNew ? maxLookbackHours : usual;
  const counts = noCounts();
  const writer = await PullWriter.open({ ...pull.source, points }, { decoder: "tibber 1", aheadMs: AHEAD_MS }, house);
  let waiting = 0;
  for (const [done, home] of homes.entries()) {
    progress(done, homes.length, home.name || home.id);
    waiting += home.hours.filter(({ consumption }) => consumption === null).length;
    await writer.write(`home ${home.id}`, lastOf(home, account.prices), counts);
  }
  await writer.end();
  for (const id of pull.source.points.keys())
    if (!homes.some((home) => home.id === id)) note(`The account has no home ${id}, which \`homes\` names.`);
  return outcome(homes, { counts, waiting, hours });
}

/** What a home says, of an instant that is told twice the last. */
function lastOf(home: TibberHome, prices: TibberAccount["prices"]): ReturnType<typeof readingsOf> {
  const items = readingsOf(home, prices);
  const last = new Map(items.map((one) => ["reading" in one.item ? `${one.item.reading.quantity} ${one.item.reading.tMs}` : one, one]));
  return [...last.values()];
}

/** Where each home goes: as the settings say, else where it went before, else by its own name. Errors: PullProblem where `point` names one place for several homes. */
function placesOf(
  homes: readonly TibberHome[],
  { source, point }: TibberPull,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (point !== undefined && homes.length > 1)
    throw new PullProblem(
      "several-homes",
      `The account has ${homes.length} homes (${homes.map(({ id }) => id).join(", ")}), and \`point\` names one place. Name a point for each under \`homes\`.`,
      { again: false },
    );
  const places = new Map<string, string>();
  const taken = new Set([...source.points.values(), ...[...before.values()].map((at) => at.slice(at.indexOf("/") + 1))]);
  for (const { id, name } of homes) {
    const own = kebab(name) || "home";
    const free = taken.has(own) ? `${own}-${id.slice(0, 8)}` : own;
    const place = source.points.get(id) ?? point ?? before.get(id) ?? free;
    taken.add(place);
    places.set(id, place);
  }
  return places;
}

/** Of each point that is known, how many hours back the oldest lies that nobody knows, and some more. */
async function backHours(
  { source, maxLookbackHours, lookbackHours }: TibberPull,
  { store, nowMs }: PullHouse,
): Promise<ReadonlyMap<string, number>> {
  const { series } = await store.registry();
  const own = series.filter((one) => one.source === source.name && one.quantity === "energy-import" && one.kind === "interval");
  const now = Math.floor(nowMs() / HOUR_MS) * HOUR_MS;
  const back = new Map<string, number>();
  for (const one of own) {
    const oldest = await oldestUnknown(store, one, { fromMs: now - maxLookbackHours * HOUR_MS, toMs: now });
    const hours = oldest === undefined ? lookbackHours : (now - oldest) / HOUR_MS + lookbackHours;
    for (const place of [one.point, `${one.site}/${one.point}`]) back.set(place, Math.min(hours, maxLookbackHours));
  }
  return back;
}

/** End of the oldest hour in the range that is not known and lies behind one that is. Missing: undefined where all are known. */
async function oldestUnknown(
  store: PullHouse["store"],
  { id }: Series,
  range: { fromMs: number; toMs: number },
): Promise<number | undefined> {
  const [extent] = await store.extent([id]);
  if (extent === undefined || extent.count === 0) return range.fromMs;
  const { tMs } = await store.read(id, { fromMs: range.fromMs, toMs: range.toMs + 1 }, { corrected: false });
  for (let at = Math.max(range.fromMs, extent.firstMs); at <= range.toMs; at += HOUR_MS) if (tMs[lowerBound(tMs, at)] !== at) return at;
  return undefined;
}

function outcome(
  homes: readonly TibberHome[],
  { counts, waiting, hours }: { counts: ReturnType<typeof noCounts>; waiting: number; hours: number },
): PullOutcome {
  const { fresh, changed, same, rejected } = counts;
  const nodes = homes.reduce((sum, home) => sum + home.hours.length, 0);
  const parts = [
    `${homes.length} ${homes.length === 1 ? "home" : "homes"}, the last ${hours} hours`,
    fresh + changed === 0 ? "nothing new" : `${fresh.toLocaleString("en-US")} ${fresh === 1 ? "value" : "values"} new`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? "hour" : "hours"} not known yet`] : []),
  ];
  if (homes.length === 0) return { sentence: "The account has no home. Nothing taken.", counts: { homes: 0 } };
  return { sentence: `${parts.join(", ")}.`, counts: { homes: homes.length, hours: nodes, new: fresh, changed, same, rejected, waiting } };
}
