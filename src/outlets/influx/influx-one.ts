import { ask, askJson, below, type HttpWish, LINES_AT_ONCE, pieces } from "./http.ts";
import { type FieldValue, type InfluxPoint, type InfluxSeries, linesOf } from "./point.ts";
import type { InfluxOne } from "./settings.ts";
import type { InfluxTarget, Stretch } from "./target.ts";
import { InfluxTrouble } from "./trouble.ts";

/** An InfluxDB 1 by its HTTP API. Source: InfluxDB 1.6 to 1.8, `/query` and `/write`. */
export class InfluxOneTarget implements InfluxTarget {
  readonly name: string;
  readonly #server: InfluxOne;
  readonly #wish: HttpWish;

  constructor(server: InfluxOne, signal: AbortSignal) {
    this.#server = server;
    this.name = `${server.url}/${server.database}`;
    const login = server.username === undefined ? "" : `${server.username}:${server.password ?? ""}`;
    const headers: Record<string, string> = login === "" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
    this.#wish = { timeoutMs: server.timeoutMs, signal, headers };
  }

  async exists(): Promise<boolean> {
    const names = (await this.#query("SHOW DATABASES")).flatMap(({ values = [] }) => values.map(([name]) => String(name)));
    return names.includes(this.#server.database);
  }

  async make(): Promise<void> {
    await this.#query(`CREATE DATABASE ${named(this.#server.database)}`, "POST");
  }

  async read(series: InfluxSeries): Promise<InfluxPoint[]> {
    const rows = await this.#query(`SELECT * FROM ${named(series.measurement)} WHERE ${whose(series)}`);
    return rows.flatMap(({ columns, values = [] }) => {
      const fields = columns.flatMap((name, at) => (name === "time" || name in series.tags ? [] : [[name, at] as const]));
      const atTime = columns.indexOf("time");
      return values.map((row) => ({
        tMs: Number(row[atTime]),
        fields: Object.fromEntries(fields.flatMap(([name, at]) => (row[at] === null ? [] : [[name, row[at] as FieldValue]]))),
      }));
    });
  }

  async tagValues(measurement: string, tag: string): Promise<string[]> {
    const rows = await this.#query(`SHOW TAG VALUES FROM ${named(measurement)} WITH KEY = ${named(tag)}`);
    return rows.flatMap(({ columns, values = [] }) => values.map((row) => String(row[columns.indexOf("value")])));
  }

  async write(series: InfluxSeries, points: readonly InfluxPoint[]): Promise<void> {
    const url = below(this.#server.url, "/write", { db: this.#server.database, precision: "ms" });
    for (const piece of pieces(points, LINES_AT_ONCE)) await ask(url, this.#wish, { method: "POST", body: linesOf(series, piece) });
  }

  async remove(series: InfluxSeries, { fromMs, toMs }: Stretch): Promise<void> {
    await this.#query(
      `DELETE FROM ${named(series.measurement)} WHERE ${whose(series)} AND time >= ${fromMs}ms AND time <= ${toMs}ms`,
      "POST",
    );
  }

  async #query(q: string, method = "GET"): Promise<readonly Rows[]> {
    const url = below(this.#server.url, "/query", { db: this.#server.database, epoch: "ms", q });
    const { results } = (await askJson(url, this.#wish, { method })) as { results?: readonly Result[] };
    const error = results?.find((result) => result.error !== undefined)?.error;
    if (error !== undefined) throw new InfluxTrouble(`InfluxDB at ${new URL(this.#server.url).host} says: ${error}`, false);
    return results?.flatMap(({ series }) => series ?? []) ?? [];
  }
}

interface Rows {
  readonly columns: readonly string[];
  readonly values?: readonly (readonly unknown[])[];
}

interface Result {
  readonly series?: readonly Rows[];
  readonly error?: string;
}

/** An identifier of InfluxQL. */
const named = (name: string): string => `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const whose = ({ tags }: InfluxSeries): string =>
  Object.entries(tags)
    .map(([name, value]) => `${named(name)} = ${quoted(value)}`)
    .join(" AND ");
