import { type FluxTableMetaData, flux, HttpError, InfluxDB, type QueryApi } from "@influxdata/influxdb-client";
import { connectionProblem, PullProblem } from "#intake/pull/pull-problem.ts";
import type { InfluxReader, InfluxRow, InfluxSeries } from "./influx-reader.ts";
import { type InfluxPlace, type InfluxSettings, placeName } from "./settings.ts";

type Place = Extract<InfluxPlace, { version: 2 }>;
type Query = ReturnType<typeof flux>;

const EVER = { fromMs: 0, toMs: Date.UTC(2200, 0, 1) };

/** A bucket of InfluxDB 2, asked in Flux; the answer is read as it comes. */
export function openInfluxTwo(settings: InfluxSettings & { readonly place: Place }): InfluxReader {
  const { place, timeoutMs, domain } = settings;
  const client = new InfluxDB({ url: place.url, token: place.token, timeout: timeoutMs, transportOptions: { maxRedirects: 0 } });
  const api = client.getQueryApi({ org: place.org, gzip: true });
  const ask = (query: Query, signal: AbortSignal) => asked(api, place, { query, signal });
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
    close: () => undefined,
  };
}

async function* asked(
  api: QueryApi,
  place: Place,
  { query, signal }: { query: Query; signal: AbortSignal },
): AsyncIterable<Record<string, unknown>> {
  try {
    for await (const { values, tableMeta } of api.iterateRows(query)) {
      signal.throwIfAborted();
      yield rowOf(values, tableMeta);
    }
  } catch (error) {
    throw problemOf(place, error);
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

function problemOf(place: Place, error: unknown): PullProblem {
  const who = `InfluxDB at ${place.url}`;
  if (!(error instanceof HttpError)) return connectionProblem(who, error);
  const { statusCode } = error;
  const text = String((error.json as { message?: string } | undefined)?.message ?? error.body ?? error.message);
  const final = { again: false };
  if (statusCode === 401 || statusCode === 403)
    return new PullProblem("not-allowed", `${who} does not accept the token. Make one that may read ${place.bucket}, and set it.`, final);
  if (/could not find bucket/i.test(text) || (statusCode === 404 && /bucket/i.test(text)))
    return new PullProblem("no-bucket", `There is no ${placeName(place)}, or the token may not see it.`, final);
  if (/organization/i.test(text) && (statusCode === 404 || /not found/i.test(text)))
    return new PullProblem("no-org", `There is no organisation ${place.org} at ${place.url}.`, final);
  if (statusCode === 404)
    return new PullProblem("no-influx", `There is no InfluxDB 2 at ${place.url}; one of version 1 needs database in place of bucket.`);
  const waitMs = statusCode === 429 || statusCode === 503 ? Math.max(0, error.retryAfter()) : 0;
  return new PullProblem("refused", `${who} says: ${text.slice(0, LONGEST) || `status ${statusCode}`}`, { waitMs });
}
