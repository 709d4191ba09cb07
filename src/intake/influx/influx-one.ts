import { refusalOf } from "#intake/pull/answer.ts";
import { Deadline } from "#intake/pull/deadline.ts";
import { connectionProblem, PullProblem } from "#intake/pull/pull-problem.ts";
import type { InfluxReader, InfluxRow, InfluxSeries } from "./influx-reader.ts";
import { answersOf } from "./json-lines.ts";
import { type InfluxPlace, type InfluxSettings, placeName } from "./settings.ts";

/** Rows of one chunk of an answer. */
const CHUNK = 5_000;

interface OneSeries {
  readonly name: string;
  readonly values: readonly (readonly unknown[])[];
}

type Place = Extract<InfluxPlace, { version: 1 }>;

/** A database of InfluxDB 1, asked in InfluxQL; the answer is read as it comes. */
export function openInfluxOne(settings: InfluxSettings & { readonly place: Place }): InfluxReader {
  const ask = (query: string, signal: AbortSignal) => asked(settings, query, signal);
  const domain = literal(settings.domain);
  return {
    async discover(signal) {
      const found: InfluxSeries[] = [];
      // What a supplier said of hours stands beside the readings under fields of its own.
      const counting = new Set<string>();
      for await (const { name, values } of ask("SHOW FIELD KEYS", signal))
        if (values.some(([field]) => field === "value")) counting.add(name);
      for await (const { name, values } of ask(`SHOW TAG VALUES WITH KEY = "entity_id" WHERE "domain" = ${domain}`, signal))
        if (counting.has(name)) for (const [, entity] of values) if (typeof entity === "string") found.push({ unit: name, entity });
      return found;
    },
    async firstMs(series, signal) {
      let first: number | undefined;
      // Without an end of its own a question ends now, and a reading may lie ahead of the clock.
      const query = `SELECT FIRST("value") FROM ${name(series.unit)} WHERE ${of(series, domain)} AND time < '2200-01-01T00:00:00Z'`;
      for await (const { values } of ask(query, signal)) for (const [tMs] of values) if (typeof tMs === "number") first ??= tMs;
      return first;
    },
    async *rows(series, { fromMs, toMs }, signal): AsyncIterable<InfluxRow> {
      const query = `SELECT "value" FROM ${name(series.unit)} WHERE ${of(series, domain)} AND time >= ${fromMs}ms AND time < ${toMs}ms`;
      for await (const { values } of ask(query, signal))
        for (const [tMs, value] of values) if (typeof tMs === "number") yield { tMs, value };
    },
  };
}

const of = ({ entity }: InfluxSeries, domain: string): string => `"entity_id" = ${literal(entity)} AND "domain" = ${domain}`;
const name = (text: string): string => `"${escaped(text).replaceAll('"', '\\"')}"`;
const literal = (text: string): string => `'${escaped(text).replaceAll("'", "\\'")}'`;
const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

async function* asked(settings: InfluxSettings & { place: Place }, query: string, signal: AbortSignal): AsyncIterable<OneSeries> {
  const { place, timeoutMs } = settings;
  const who = `InfluxDB at ${place.url}`;
  const deadline = new Deadline(timeoutMs, signal);
  try {
    // The body, not the address, so that no proxy writes down what is asked.
    const body = new URLSearchParams({ q: query, db: place.database, epoch: "ms", chunked: "true", chunk_size: String(CHUNK) });
    const headers: Record<string, string> = { accept: "application/json" };
    if (place.username !== undefined) headers["authorization"] = `Basic ${loginOf(place)}`;
    const reply = await fetch(`${place.url}/query`, {
      method: "POST",
      body,
      headers,
      redirect: "error",
      signal: deadline.signal,
    });
    if (!reply.ok) throw refused(place, reply.status, await refusalOf(reply));
    for await (const answer of answersOf(reply)) {
      deadline.heard();
      yield* seriesOf(place, answer);
    }
  } catch (error) {
    throw connectionProblem(who, error, [loginOf(place), place.password ?? ""]);
  } finally {
    deadline.end();
  }
}

const loginOf = ({ username = "", password = "" }: Place): string => btoa(bytes(`${username}:${password}`));

/** Characters of the header's alphabet, as it asks for bytes. */
function bytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function* seriesOf(place: Place, answer: unknown): Iterable<OneSeries> {
  const { results = [], error } = answer as { results?: { series?: OneSeries[]; error?: string }[]; error?: string };
  if (error !== undefined) throw said(place, error);
  for (const result of results) {
    if (result.error !== undefined) throw said(place, result.error);
    yield* result.series ?? [];
  }
}

function refused(place: Place, status: number, body: string): PullProblem {
  if (status === 401 || status === 403)
    return new PullProblem(
      "not-allowed",
      `InfluxDB at ${place.url} does not let ${place.username ?? "anybody without a name"} in. Set username and password of the source.`,
      { again: false },
    );
  let text = body;
  try {
    text = (JSON.parse(body) as { error?: string }).error ?? body;
  } catch {
    // Told as it is: a proxy answers with a page.
  }
  if (status === 404 && text === body) return new PullProblem("no-influx", `There is no InfluxDB 1 at ${place.url}.`);
  return said(place, text === "" ? `status ${status}` : text);
}

const LONGEST = 200;

function said(place: Place, error: string): PullProblem {
  if (/^database not found/i.test(error))
    return new PullProblem("no-database", `There is no ${placeName(place)}. Name the database Home Assistant writes to.`, { again: false });
  return new PullProblem("refused", `InfluxDB at ${place.url} says: ${error.slice(0, LONGEST)}`);
}
