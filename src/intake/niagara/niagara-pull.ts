import type { Zone } from "#calendar/zone.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import { PullWriter } from "#intake/pull/pull-writer.ts";
import { noCounts, type PullCounts, type PulledItem, type PullHouse, type Pulling, type PullOutcome } from "#intake/pull/pulled.ts";
import type { Source } from "#intake/source.ts";
import type { StationAccess } from "./access.ts";
import type { Turns } from "./pace.ts";
import { StationClient } from "./station-client.ts";

/** What is fetched from a station, and how. */
export interface NiagaraPull {
  readonly source: Source;
  readonly access: StationAccess;
  /** The one station; its name is left out of point ids. */
  readonly station?: string;
  /** Of times without an offset. */
  readonly zone: Zone | undefined;
  readonly units: Readonly<Record<string, string>>;
  /** Shared by all sources, so that no station is asked twice at a time. */
  readonly turns: Turns;
}

/** What came of a run so far. */
export interface Tally extends PullCounts {
  /** Rows or records that were looked at. */
  rows: number;
  /** Histories that could not be taken. */
  failed: number;
}

/** What a station says of itself may repeat what it was signed in with. */
function cleaned(error: unknown, client: StationClient): unknown {
  if (!(error instanceof PullProblem)) return error;
  const told = client.cleaned(error.message);
  return told === error.message ? error : new PullProblem(error.code, told, error);
}

/** A run of one source: the station, the writer, and what is told. */
export class NiagaraRun {
  readonly pull: NiagaraPull;
  readonly pulling: Pulling;
  readonly house: PullHouse;
  readonly client: StationClient;
  readonly writer: PullWriter;
  readonly tally: Tally = { ...noCounts(), rows: 0, failed: 0 };

  private constructor(pull: NiagaraPull, of: { pulling: Pulling; house: PullHouse; client: StationClient; writer: PullWriter }) {
    this.pull = pull;
    this.pulling = of.pulling;
    this.house = of.house;
    this.client = of.client;
    this.writer = of.writer;
  }

  /** Runs the work, and closes whatever comes of it. Errors: those of the work; what was taken before stays taken. */
  static async over<T>(
    pull: NiagaraPull,
    of: { readonly pulling: Pulling; readonly house: PullHouse; readonly decoder: string },
    work: (run: NiagaraRun) => Promise<T>,
  ): Promise<T> {
    const { pulling, house } = of;
    const client = new StationClient(pull.access, {
      settings: house.store,
      turns: pull.turns,
      nowMs: house.nowMs,
      signal: pulling.signal,
      asked: pulling.thorough,
      note: pulling.note,
    });
    try {
      const writer = await PullWriter.open(pull.source, { decoder: of.decoder }, house);
      try {
        return await work(new NiagaraRun(pull, { pulling, house, client, writer }));
      } catch (error) {
        throw cleaned(error, client);
      } finally {
        await writer.end();
      }
    } finally {
      client.close();
    }
  }

  async write(topic: string, items: readonly PulledItem[]): Promise<void> {
    this.tally.rows += items.length;
    await this.writer.write(topic, items, this.tally);
  }

  /** A history that could not be taken: told, and the others go on. */
  failed(what: string, error: unknown): void {
    this.tally.failed += 1;
    this.pulling.note(this.client.cleaned(`${what}: ${error instanceof Error ? error.message : String(error)}`));
  }

  /** One sentence about the run. `seen` is "12 files, 3 new". */
  outcome(seen: string, counts: Readonly<Record<string, number>>): PullOutcome {
    const { fresh, changed, same, rejected, rows, failed } = this.tally;
    const number = (value: number): string => value.toLocaleString("en-US");
    const parts = [
      seen,
      fresh + changed === 0 ? "nothing new" : `${number(fresh)} ${fresh === 1 ? "value" : "values"} new`,
      ...(changed > 0 ? [`${number(changed)} changed`] : []),
      ...(rejected > 0 ? [`${number(rejected)} rejected`] : []),
      ...(failed > 0 ? [`${number(failed)} not taken, see the log of the run`] : []),
      ...(this.pulling.signal.aborted ? ["ended before all was taken"] : []),
    ];
    const all = { ...counts, rows, new: fresh, changed, same, rejected, failed };
    return { sentence: `${parts.join(", ")}.`, counts: all, ...(failed > 0 ? { failed: true } : {}) };
  }
}
