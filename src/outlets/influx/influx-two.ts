import { chunksToLinesIterable, flux, fluxString, linesToRowsIterable } from "@influxdata/influxdb-client";
import { answer, ask, askJson, below, type HttpWish, LINES_AT_ONCE, pieces } from "./http.ts";
import { type FieldValue, type InfluxPoint, type InfluxSeries, linesOf } from "./point.ts";
import type { InfluxTwo } from "./settings.ts";
import type { InfluxTarget, Stretch } from "./target.ts";
import { InfluxTrouble, unreachable } from "./trouble.ts";

/** From before any meter to after every month that runs. */
const ALWAYS = "start: 1900-01-01T00:00:00Z, stop: 2200-01-01T00:00:00Z";

/** An InfluxDB 2 by its HTTP API; questions are Flux. Source: InfluxDB 2 API, `/api/v2/{query,write,delete,buckets,orgs}`. */
export class InfluxTwoTarget implements InfluxTarget {
  readonly name: string;
  readonly #server: InfluxTwo;
  readonly #wish: HttpWish;

  constructor(server: InfluxTwo, signal: AbortSignal) {
    this.#server = server;
    this.name = `${server.url}/${server.bucket}`;
    const headers = { authorization: `Token ${server.token}`, "content-type": "application/json" };
    this.#wish = { timeoutMs: server.timeoutMs, signal, headers };
  }

  async exists(): Promise<boolean> {
    const { org, bucket } = this.#server;
    return (await this.#list("/api/v2/buckets", { name: bucket, org }, "buckets")).length > 0;
  }

  async make(): Promise<void> {
    const { url, org, bucket } = this.#server;
    const lacks = `InfluxDB has no bucket ${bucket}, and this token may not make one: make it by hand, to keep its points for good.`;
    const [found] = await this.#list("/api/v2/orgs", { org }, "orgs");
    if (found === undefined) throw new InfluxTrouble(lacks, false);
    const body = JSON.stringify({ orgID: found.id, name: bucket, retentionRules: [] });
    await ask(below(url, "/api/v2/buckets"), this.#wish, { method: "POST", body }).catch((error: unknown) => {
      throw error instanceof InfluxTrouble && !error.later ? new InfluxTrouble(lacks, false, { cause: error }) : error;
    });
  }

  async read(series: InfluxSeries): Promise<InfluxPoint[]> {
    const points: { tMs: number; fields: Record<string, FieldValue> }[] = [];
    const byTime = new Map<number, (typeof points)[number]>();
    for await (const row of this.#rows(fluxOf(this.#server.bucket, series))) {
      const { _time: time, _field: field, _value: value } = row;
      const tMs = Date.parse(String(time));
      const point = byTime.get(tMs) ?? { tMs, fields: {} };
      if (!byTime.has(tMs)) points.push(point);
      byTime.set(tMs, point);
      point.fields[String(field)] = value as FieldValue;
    }
    return points.sort((a, b) => a.tMs - b.tMs);
  }

  async tagValues(measurement: string, tag: string): Promise<string[]> {
    const query = `import "influxdata/influxdb/schema"
schema.measurementTagValues(bucket: ${literal(this.#server.bucket)}, measurement: ${literal(measurement)}, tag: ${literal(tag)}, ${ALWAYS})`;
    const values: string[] = [];
    for await (const row of this.#rows(query)) values.push(String(row["_value"]));
    return values;
  }

  async write(series: InfluxSeries, points: readonly InfluxPoint[]): Promise<void> {
    const { url, org, bucket } = this.#server;
    const at = below(url, "/api/v2/write", { org, bucket, precision: "ms" });
    for (const piece of pieces(points, LINES_AT_ONCE)) await ask(at, this.#wish, { method: "POST", body: linesOf(series, piece) });
  }

  async remove({ measurement, tags }: InfluxSeries, { fromMs, toMs }: Stretch): Promise<void> {
    const { url, org, bucket } = this.#server;
    const predicate = [["_measurement", measurement] as const, ...Object.entries(tags)]
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(" AND ");
    const body = JSON.stringify({ start: new Date(fromMs).toISOString(), stop: new Date(toMs + 1).toISOString(), predicate });
    await ask(below(url, "/api/v2/delete", { org, bucket }), this.#wish, { method: "POST", body });
  }

  async *#rows(query: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    const { url, org } = this.#server;
    const body = JSON.stringify({ query, type: "flux", dialect: { header: true, annotations: ["datatype", "group", "default"] } });
    const chunks = answer(below(url, "/api/v2/query", { org }), this.#wish, { method: "POST", body });
    try {
      for await (const { values, tableMeta } of linesToRowsIterable(chunksToLinesIterable(chunks))) {
        const row = tableMeta.toObject(values);
        // What goes wrong in the middle comes as a table of its own, in an answer that calls itself good.
        if ("error" in row && "reference" in row) throw new InfluxTrouble(`InfluxDB at ${new URL(url).host} says: ${row["error"]}`, true);
        yield row;
      }
    } catch (error) {
      // An answer that is no table of InfluxDB's.
      throw unreachable(url, error);
    }
  }

  /** Rows of a list of the API; one that is not there is empty. */
  async #list(path: string, query: Record<string, string>, key: string): Promise<readonly { readonly id: string }[]> {
    try {
      const lists = (await askJson(below(this.#server.url, path, query), this.#wish)) as Record<string, { id: string }[] | undefined>;
      return lists[key] ?? [];
    } catch (error) {
      if (error instanceof InfluxTrouble && error.absent) return [];
      throw error;
    }
  }
}

const literal = (text: string): string => String(fluxString(text));

/** Flux of every point of a series. */
function fluxOf(bucket: string, { measurement, tags }: InfluxSeries): string {
  const conditions = [["_measurement", measurement] as const, ...Object.entries(tags)]
    .map(([name, value]) => `r[${literal(name)}] == ${literal(value)}`)
    .join(" and ");
  return `${flux`from(bucket: ${bucket})`} |> range(${ALWAYS}) |> filter(fn: (r) => ${conditions})`;
}
