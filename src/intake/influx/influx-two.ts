import { chunksToLinesIterable, type FluxTableMetaData, flux, linesToRowsIterable } from "@influxdata/influxdb-client";
import { bytesOf, refusalOf } from "#intake/pull/answer.ts";
import { Deadline } from "#intake/pull/deadline.ts";
import { connectionProblem, PullProblem } from "#intake/pull/pull-problem.ts";
import type { InfluxReader, InfluxRow, InfluxSeries } from "./influx-reader.ts";
import { type InfluxPlace, type InfluxSettings, placeName } from "./settings.ts";

type Place = Extract<InfluxPlace, { version: 2 }>;
type Query = ReturnType<typeof flux>;

const EVER = { fromMs: 0, toMs: Date.UTC(2200, 0, 1) };

/** A bucket of InfluxDB 2, asked in Flux; the answer is read as it comes. */
export function openInfluxTwo(settings: InfluxSettings & { readonly place: Place }): InfluxReader {
  const { place, domain } = settings;
  const ask = (query: Query, signal: AbortSignal) => asked(settings, query, signal);
  const from = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    flux`from(bucket: ${place.bucket}) |> range(start: ${new Date(fromMs)}, stop: ${new Date(toMs)}) |> filter(fn: (r) => r.domain == ${domain} and r._field == "value")`;
  const of = ({ unit, entity }: InfluxSeries) => flux`|> filter(fn: (r) => r._measurement == ${unit} and r.entity_id == ${entity})`;
  return {
    async discover(signal) {
      const found = new Map<string, InfluxSeries>();
      for await (const row of ask(flux`${from(EVER)} |> first() |> keep(columns: ["_measurement", "entity_id", "_time"])`, signal)) {
        const { _measurement: unit, entity_id: entity } = row;
        if (typeof unit === "string" && typeof entity === "string" && entity !== "") found.set(`${unit}\n${entity}`, { unit, entity });
      }
      return [...found.values()];
    },
    async firstMs(series, signal) {
      let first: number | undefined;
      for await (const row of ask(flux`${from(EVER)} ${of(series)} |> first() |> keep(columns: ["_time"])`, signal)) {
        const tMs = Date.parse(String(row["_time"]));
        if (!Number.isNaN(tMs)) first = Math.min(first ?? tMs, tMs);
      }
      return first;
    },
    async *rows(series, range, signal): AsyncIterable<InfluxRow> {
      for await (const row of ask(flux`${from(range)} ${of(series)} |> keep(columns: ["_time", "_value"])`, signal)) {
        const tMs = Date.parse(String(row["_time"]));
        if (!Number.isNaN(tMs)) yield { tMs, value: row["_value"] };
      }
    },
  };
}

/** A window of rows that has more is none of InfluxDB's. */
const MOST_BYTES = 1024 * 1024 * 1024;

async function* asked(
  settings: InfluxSettings & { place: Place },
  query: Query,
  signal: AbortSignal,
): AsyncIterable<Record<string, unknown>> {
  const { place, timeoutMs } = settings;
  const deadline = new Deadline(timeoutMs, signal);
  try {
    // With fetch in place of the library's own transport: that one waits for ever where an answer only drips.
    const reply = await fetch(`${place.url}/api/v2/query?${new URLSearchParams({ org: place.org })}`, {
      method: "POST",
      redirect: "error",
      headers: { authorization: `Token ${place.token}`, "content-type": "application/json", accept: "application/csv" },
      body: JSON.stringify({
        query: String(query),
        type: "flux",
        dialect: { header: true, annotations: ["datatype", "group", "default"] },
      }),
      signal: deadline.signal,
    });
    if (!reply.ok) throw refused(place, reply, await refusalOf(reply));
    for await (const { values, tableMeta } of linesToRowsIterable(chunksToLinesIterable(bytesOf(reply, MOST_BYTES)))) {
      deadline.heard();
      const row = rowOf(values, tableMeta);
      // What goes wrong half way comes as a table of its own, in an answer that calls itself good.
      if ("error" in row && "reference" in row) throw said(place, String(row["error"]));
      yield row;
    }
  } catch (error) {
    throw connectionProblem(`InfluxDB at ${place.url}`, error, [place.token]);
  } finally {
    deadline.end();
  }
}

function rowOf(values: readonly string[], meta: FluxTableMetaData): Record<string, unknown> {
  return Object.fromEntries(meta.columns.map(({ label, dataType, index }) => [label, typed(values[index] ?? "", dataType)] as const));
}

const NUMBERS: ReadonlySet<string> = new Set(["double", "long", "unsignedLong"]);

/** Numbers as numbers; everything else as it was sent. */
function typed(text: string, dataType: string): unknown {
  if (!NUMBERS.has(dataType)) return text;
  if (text === "") return null;
  return text === "+Inf" ? Number.POSITIVE_INFINITY : text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}

const LONGEST = 200;

function refused(place: Place, { status, headers }: Response, body: string): PullProblem {
  const who = `InfluxDB at ${place.url}`;
  const text = messageOf(body);
  const final = { again: false };
  if (status === 401 || status === 403)
    return new PullProblem("not-allowed", `${who} does not accept the token. Make one that may read ${place.bucket}, and set it.`, final);
  if (/could not find bucket/i.test(text) || (status === 404 && /bucket/i.test(text)))
    return new PullProblem("no-bucket", `There is no ${placeName(place)}, or the token may not see it.`, final);
  if (/organization/i.test(text) && (status === 404 || /not found/i.test(text)))
    return new PullProblem("no-org", `There is no organisation ${place.org} at ${place.url}.`, final);
  if (status === 404)
    return new PullProblem("no-influx", `There is no InfluxDB 2 at ${place.url}; one of version 1 needs database in place of bucket.`);
  const seconds = status === 429 || status === 503 ? Number(headers.get("retry-after")) : 0;
  return said(place, text || `status ${status}`, seconds > 0 ? seconds * 1_000 : 0);
}

function said({ url }: Place, text: string, waitMs = 0): PullProblem {
  return new PullProblem("refused", `InfluxDB at ${url} says: ${text.slice(0, LONGEST)}`, { waitMs });
}

function messageOf(body: string): string {
  try {
    return String((JSON.parse(body) as { message?: unknown }).message ?? body);
  } catch {
    return body;
  }
}
