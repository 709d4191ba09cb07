import { optionsSchema, type TableColumns } from "#dialects/niagara-export/options.ts";
import { readExport } from "#dialects/niagara-export/read.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { PulledItem, PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import { canonicalName } from "#series/history-name.ts";
import { type Directory, directoryOf, type LinkedFile } from "./directory.ts";
import { Newest } from "./newest.ts";
import { type NiagaraPull, NiagaraRun } from "./niagara-pull.ts";
import { SeenFiles } from "./seen-files.ts";
import type { StationClient, StationReply } from "./station-client.ts";
import { isSweepDue, swept } from "./sweep.ts";

export interface ExportsPull extends NiagaraPull {
  readonly columns: Partial<TableColumns>;
}

/** A page of three thousand links has some 600 kB. */
const MOST_PAGE_BYTES = 16 * 1024 * 1024;
const MOST_FILE_BYTES = 512 * 1024 * 1024;
const MOST_FOLDERS = 200;
/** More histories than any station has; a page that goes on is none of exports. */
const MOST_FILES = 20_000;
/** A station that leaves so many questions in a row unanswered is away. */
const MOST_FAILURES = 3;
/** Beside what a reject says these concern a whole file, and stand in the log of the run. */
const OF_THE_FILE = new Set(["zone-contradiction", "no-heads", "empty-file", "line-too-long"]);

/**
 * Takes what is new in the exports of a station: of each file what follows the newest known row, and some more; once a day or where asked
 * all there is. Errors: PullProblem; those of the store. What was taken before stays taken.
 */
export function pullExports(pull: ExportsPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  return NiagaraRun.over(pull, { pulling, house, decoder: "niagara-export 1" }, (run) => new ExportsRun(pull, run).run());
}

/** What the page of a station's exports links to. */
export interface Exports extends Directory {
  /** What of it is left alone because there is too much, in words. */
  readonly left: readonly string[];
}

/** Files and folders that the page of a station's exports links to. Errors: PullProblem. */
export async function exportsAt(client: StationClient, url: string): Promise<Exports> {
  const page = new URL(`${url}/`);
  const found = await pageAt(client, page);
  const files = new Map(found.files.map((file) => [file.url.href, file]));
  const elsewhere = new Set(found.elsewhere);
  for (const folder of found.folders.slice(0, MOST_FOLDERS)) {
    if (files.size > MOST_FILES) break;
    const below = await pageAt(client, folder);
    for (const file of below.files) files.set(file.url.href, file);
    for (const host of below.elsewhere) elsewhere.add(host);
  }
  if (files.size > 0)
    return {
      files: [...files.values()].slice(0, MOST_FILES),
      folders: found.folders,
      elsewhere: [...elsewhere],
      left: [...tooMany(found.folders.length, MOST_FOLDERS, "folders"), ...tooMany(files.size, MOST_FILES, "files")],
    };
  throw new PullProblem(
    "no-exports",
    `The page ${page.href} links to no CSV file. Let the station export its histories there, and see that the user may read the folder.`,
    { again: false },
  );
}

function tooMany(count: number, most: number, what: string): string[] {
  if (count <= most) return [];
  return [
    `The page has more than ${most.toLocaleString("en-US")} ${what}; those behind are left alone. Give each part a source of its own.`,
  ];
}

async function pageAt(client: StationClient, page: URL): Promise<Directory> {
  const { reply, body } = await client.fetch(page, { headers: { accept: "text/html" } }, MOST_PAGE_BYTES);
  if (reply.status !== 200) throw statusProblem(reply, "the page of its exports", client.host);
  return directoryOf(new TextDecoder().decode(body), reply.url);
}

function statusProblem({ status }: StationReply, what: string, host: string): PullProblem {
  if (status === 403) return new PullProblem("forbidden", `${host} does not let the user read ${what}.`, { again: false });
  if (status === 404 || status === 410)
    return new PullProblem("not-there", `${host} has not got ${what}: status ${status}.`, { again: false });
  return new PullProblem("refused", `${host} answers with status ${status} where ${what} is asked for.`);
}

class ExportsRun {
  readonly #pull: ExportsPull;
  readonly #run: NiagaraRun;
  #taken = 0;
  #failures = 0;

  constructor(pull: ExportsPull, run: NiagaraRun) {
    this.#pull = pull;
    this.#run = run;
  }

  async run(): Promise<PullOutcome> {
    const { source, access } = this.#pull;
    const { pulling, house, client } = this.#run;
    const { files, elsewhere, left } = await exportsAt(client, access.url);
    for (const sentence of left) pulling.note(sentence);
    if (elsewhere.length > 0) pulling.note(`Files on other hosts are left alone: ${elsewhere.slice(0, 10).join(", ")}.`);
    const sweep = pulling.thorough || (await isSweepDue(source.name, house));
    const seen = await SeenFiles.open(source.name, house.store);
    try {
      for (const [done, file] of files.entries()) {
        if (pulling.signal.aborted) break;
        pulling.progress(done, files.length, file.name);
        await this.#file(file, { seen, sweep });
      }
    } finally {
      await seen.keep(new Set(files.map(({ url }) => url.href)));
    }
    if (sweep && !pulling.signal.aborted && this.#run.tally.failed === 0) await swept(source.name, house);
    const counted = `${files.length.toLocaleString("en-US")} ${files.length === 1 ? "file" : "files"}, ${this.#taken} read`;
    return this.#run.outcome(counted, { files: files.length, read: this.#taken });
  }

  /** A file that cannot be taken is told; a station that is away, or that shuts us out, ends the run. */
  async #file(file: LinkedFile, how: { readonly seen: SeenFiles; readonly sweep: boolean }): Promise<void> {
    try {
      await this.#fetch(file, how);
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof PullProblem) || this.#run.pulling.signal.aborted) throw error;
      this.#failures += 1;
      const isOver = error.code === "not-allowed" || error.code === "locked" || error.code === "certificate-changed";
      if (isOver || this.#failures >= MOST_FAILURES) throw error;
      this.#run.failed(file.name, error);
    }
  }

  async #fetch(file: LinkedFile, { seen, sweep }: { seen: SeenFiles; sweep: boolean }): Promise<void> {
    const { client, pulling } = this.#run;
    const { href } = file.url;
    const known = pulling.thorough ? {} : seen.question(href);
    const newest = new Newest(this.#run.writer, this.#run.house);
    await client.ask(file.url, { headers: { accept: "text/csv, */*", ...known } }, async (reply) => {
      if (reply.status === 304) return;
      if (reply.status !== 200) throw statusProblem(reply, file.name, client.host);
      if (!pulling.thorough && seen.isSame(href, reply.headers)) return;
      this.#taken += 1;
      const { host } = client;
      for await (const items of readExport(reply.bytes(MOST_FILE_BYTES), this.#options(), file.name))
        await this.#take(`${host} ${file.name}`, items, { newest, sweep });
      seen.taken(href, reply.headers);
    });
    for (const sentence of newest.lost()) pulling.note(sentence);
  }

  async #take(topic: string, items: readonly PulledItem[], { newest, sweep }: { newest: Newest; sweep: boolean }): Promise<void> {
    const wanted: PulledItem[] = [];
    for (const one of items) {
      if ("reject" in one.item) {
        if (OF_THE_FILE.has(one.item.reject.code)) this.#run.pulling.note(`${topic}: ${one.item.reject.sentence}`);
        wanted.push(one);
      } else if ((await newest.isRecent(one.item.reading)) || sweep) wanted.push(one);
    }
    await this.#run.write(topic, wanted);
  }

  #options(): ReturnType<typeof optionsSchema.parse> {
    const { station, zone, units, columns, access } = this.#pull;
    const usual = optionsSchema.parse({});
    const told = station ?? stationOf(access.url);
    return {
      zone,
      units,
      station: told,
      plainStation: station === undefined ? undefined : canonicalName(station),
      columns: { ...usual.columns, ...columns },
    };
  }
}

/** `https://host/file/Depot/historyExports/Depot` → `Depot`. Missing: undefined where the address names none. */
export function stationOf(url: string): string | undefined {
  const match = /\/historyExports\/([^/]+)/.exec(new URL(url).pathname) ?? /\/file\/([^/]+)/.exec(new URL(url).pathname);
  try {
    return match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
  } catch {
    return match?.[1];
  }
}
