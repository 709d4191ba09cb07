import { historyPlace } from "#dialects/niagara-place.ts";
import type { ObixAnswer } from "#dialects/obix-history/obix-answer.ts";
import { itemsOfRecords, type ObixHistory } from "#dialects/obix-history/obix-readings.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { PulledItem, PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import { canonicalName, unescapeName } from "#series/history-name.ts";
import { Newest } from "./newest.ts";
import { type NiagaraPull, NiagaraRun } from "./niagara-pull.ts";
import { askObix, historiesAt, rootOf } from "./obix-station.ts";
import { isSweepDue, swept } from "./sweep.ts";

export interface ObixPull extends NiagaraPull {
  readonly station: string;
  /** `tilde` is the standard's `~historyQuery`, `dash` `/-/historyQuery`; `auto` takes the second where the first is not known. */
  readonly operation: "auto" | "tilde" | "dash";
  /** Left out: every history the station lists. */
  readonly histories?: readonly string[];
  /** Most records of one answer. */
  readonly limit: number;
}

const LOOK_BACK_MS = 48 * 3_600_000;
const AHEAD_MS = 24 * 3_600_000;
/** A station that has records of ten years says so in fewer answers. */
const MOST_PAGES = 10_000;
const MOST_FAILURES = 3;
const OVER = new Set(["not-allowed", "locked", "certificate-changed", "obix-disabled", "forbidden"]);

/**
 * Takes what is new of the histories of a station over oBIX: of each what follows its newest known record; once a day or where asked from
 * two days before that. Errors: PullProblem; those of the store. What was taken before stays taken.
 */
export function pullObix(pull: ObixPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  return NiagaraRun.over(pull, { pulling, house, decoder: "obix-history 1" }, (run) => new ObixRun(pull, run).run());
}

interface Listed {
  readonly name: string;
  readonly url: URL;
}

class ObixRun {
  readonly #pull: ObixPull;
  readonly #run: NiagaraRun;
  #operation: "tilde" | "dash";
  #failures = 0;

  constructor(pull: ObixPull, run: NiagaraRun) {
    this.#pull = pull;
    this.#run = run;
    this.#operation = pull.operation === "dash" ? "dash" : "tilde";
  }

  async run(): Promise<PullOutcome> {
    const { pulling, house } = this.#run;
    const { source } = this.#pull;
    const histories = await this.#listed();
    const sweep = pulling.thorough || (await isSweepDue(source.name, house));
    for (const [done, history] of histories.entries()) {
      if (pulling.signal.aborted) break;
      pulling.progress(done, histories.length, unescapeName(history.name));
      await this.#history(history, sweep);
    }
    if (sweep && !pulling.signal.aborted && this.#run.tally.failed === 0) await swept(source.name, house);
    const count = histories.length;
    return this.#run.outcome(`${count.toLocaleString("en-US")} ${count === 1 ? "history" : "histories"}`, { histories: count });
  }

  async #listed(): Promise<readonly Listed[]> {
    const { access, station, histories } = this.#pull;
    const root = new URL(`${rootOf(access.url)}/histories/${encodeURIComponent(station)}/`);
    if (histories !== undefined) return histories.map((name) => ({ name, url: new URL(`${encodeURIComponent(name)}/`, root) }));
    const refs = await historiesAt(this.#run.client, { url: access.url, station });
    return refs.flatMap(({ name, href }) => {
      if (!URL.canParse(href, root.href)) return [];
      const url = new URL(href.endsWith("/") ? href : `${href}/`, root);
      return [{ name: name || decoded(url.pathname.split("/").at(-2) ?? ""), url }];
    });
  }

  async #history(listed: Listed, sweep: boolean): Promise<void> {
    try {
      await this.#take(listed, sweep);
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof PullProblem) || this.#run.pulling.signal.aborted) throw error;
      this.#failures += error.again ? 1 : 0;
      if (OVER.has(error.code) || this.#failures >= MOST_FAILURES) throw error;
      this.#run.failed(unescapeName(listed.name), error);
    }
  }

  async #take(listed: Listed, sweep: boolean): Promise<void> {
    const { station, units, zone, limit } = this.#pull;
    const place = historyPlace({ station, path: listed.name, plainStation: canonicalName(station) });
    const history: ObixHistory = { place, units, zone };
    const newest = new Newest(this.#run.writer, this.#run.house);
    let fromMs = await this.#from(place, sweep);
    for (let page = 0; page < MOST_PAGES && !this.#run.pulling.signal.aborted; page += 1) {
      const { items, count, cut } = await this.#page(listed, history, fromMs);
      const lastMs = lastOf(items);
      for (const { item } of items) if ("reading" in item) await newest.isRecent(item.reading);
      await this.#run.write(`${this.#run.client.host} ${unescapeName(listed.name)}`, items);
      if (cut) this.#run.pulling.note(`${place.pointName}: the station announced more records than it sent.`);
      // The next page begins behind the last record, so that none comes twice and none is asked for again for ever.
      if (count < limit || lastMs === undefined || (fromMs !== undefined && lastMs < fromMs)) break;
      fromMs = lastMs + 1;
    }
    for (const sentence of newest.lost()) this.#run.pulling.note(sentence);
  }

  /** From the newest known record on, that one included: where it is gone, the history has rolled over. */
  async #from(place: ReturnType<typeof historyPlace>, sweep: boolean): Promise<number | undefined> {
    if (this.#run.pulling.thorough) return undefined;
    const { store } = this.#run.house;
    const all = await this.#run.writer.seriesAt(place);
    const extents = await store.extent(all.map(({ id }) => id));
    const lastMs = Math.max(...extents.filter(({ count }) => count > 0).map((extent) => extent.lastMs));
    if (!Number.isFinite(lastMs)) return undefined;
    return sweep ? lastMs - LOOK_BACK_MS : lastMs;
  }

  async #page(
    listed: Listed,
    history: ObixHistory,
    fromMs: number | undefined,
  ): Promise<{ items: readonly PulledItem[]; count: number; cut: boolean }> {
    const answer = await this.#asked(listed, fromMs);
    if (answer.kind === "error") throw new PullProblem("obix-error", answer.sentence, { again: false });
    if (answer.kind !== "records")
      throw new PullProblem("no-records", `The station describes ${listed.name} and sends no records.`, { again: false });
    const { records, told } = answer;
    return { items: itemsOfRecords(records, history), count: records.length, cut: told !== undefined && told > records.length };
  }

  async #asked(listed: Listed, fromMs: number | undefined): Promise<Exclude<ObixAnswer, { kind: "unreadable" }>> {
    const answer = await askObix(this.#run.client, this.#question(listed, fromMs));
    const isUnknown = answer.kind === "error" && /BadUri/.test(answer.contract);
    if (!isUnknown || this.#pull.operation !== "auto" || this.#operation === "dash") return answer;
    this.#operation = "dash";
    const other = await askObix(this.#run.client, this.#question(listed, fromMs));
    if (other.kind !== "error") return other;
    this.#operation = "tilde";
    return answer;
  }

  #question({ url }: Listed, fromMs: number | undefined): URL {
    const asked = new URL(this.#operation === "tilde" ? "~historyQuery" : "-/historyQuery", url);
    if (fromMs !== undefined) asked.searchParams.set("start", new Date(fromMs).toISOString());
    if (this.#operation === "dash") {
      if (fromMs === undefined) asked.searchParams.set("start", new Date(0).toISOString());
      asked.searchParams.set("end", new Date(this.#run.house.nowMs() + AHEAD_MS).toISOString());
    }
    asked.searchParams.set("limit", String(this.#pull.limit));
    return asked;
  }
}

/** A part of an address as it is meant, or as it stands where it means nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function lastOf(items: readonly PulledItem[]): number | undefined {
  let last: number | undefined;
  for (const { item } of items) {
    const tMs = "reading" in item ? item.reading.tMs : undefined;
    if (tMs !== undefined && (last === undefined || tMs > last)) last = tMs;
  }
  return last;
}
