import type { ServerResponse } from "node:http";
import { FakeHttpServer } from "./http-server.ts";

/** One point in a bucket. */
export interface FluxPoint {
  readonly measurement: string;
  readonly entity: string;
  readonly tMs: number;
  /** A text makes a table of its own, as columns have one type. */
  readonly value: number | string;
  readonly domain?: string;
  readonly field?: string;
}

/** An InfluxDB 2 that knows the questions of a pull and answers them in annotated CSV, as the real one writes it. */
export class FakeFlux {
  readonly http: FakeHttpServer;
  readonly bucket: string;
  readonly token: string;
  points: FluxPoint[] = [];
  /** Answers of the next questions in place of its own. */
  readonly instead: ((reply: ServerResponse) => void)[] = [];

  private constructor(http: FakeHttpServer, { bucket, token }: { bucket: string; token: string }) {
    this.http = http;
    this.bucket = bucket;
    this.token = token;
    http.answer = ({ headers, body }, reply) => {
      const instead = this.instead.shift();
      if (instead !== undefined) return instead(reply);
      if (headers["authorization"] !== `Token ${token}`)
        return problem(reply, 401, { code: "unauthorized", message: "unauthorized access" });
      const { query } = JSON.parse(body) as { query: string };
      if (!query.includes(`from(bucket: "${bucket}")`))
        return problem(reply, 404, {
          code: "not found",
          message: `failed to initialize execute state: could not find bucket "${/bucket: "([^"]*)"/.exec(query)?.[1]}"`,
        });
      reply.writeHead(200, { "content-type": "text/csv; charset=utf-8" }).end(this.#csv(query));
    };
  }

  static async start(about: { bucket: string; token: string }): Promise<FakeFlux> {
    return new FakeFlux(await FakeHttpServer.start(), about);
  }

  get url(): string {
    return this.http.url;
  }

  stop(): Promise<void> {
    return this.http.stop();
  }

  #csv(query: string): string {
    const [fromMs, toMs] = [/start: ([^,)]+)/, /stop: ([^)]+)/].map((part) => Date.parse(part.exec(query)?.[1] ?? "")) as [number, number];
    const asked = (column: string): string | undefined => {
      const text = new RegExp(`r\\.${column} == ("(?:[^"\\\\]|\\\\.)*")`).exec(query)?.[1];
      return text === undefined ? undefined : (JSON.parse(text) as string);
    };
    const [domain, field, measurement, entity] = ["domain", "_field", "_measurement", "entity_id"].map(asked);
    const found = this.points
      .filter((point) => (point.domain ?? "input_number") === domain && (point.field ?? "value") === field)
      .filter((point) => (measurement ?? point.measurement) === point.measurement && (entity ?? point.entity) === point.entity)
      .filter(({ tMs }) => tMs >= fromMs && tMs < toMs)
      .toSorted((a, b) => a.tMs - b.tMs);
    const tables = new Map<string, FluxPoint[]>();
    for (const point of found) {
      const key = `${point.measurement} ${point.entity} ${typeof point.value}`;
      tables.set(key, [...(tables.get(key) ?? []), point]);
    }
    const first = query.includes("|> first()");
    const columns =
      /keep\(columns: \[([^\]]*)\]/
        .exec(query)?.[1]
        ?.split(",")
        .map((name) => name.trim().slice(1, -1)) ?? [];
    const texts = [...tables.values()].map((points, table) => tableText(first ? points.slice(0, 1) : points, { columns, table }));
    return `${texts.join("\r\n")}\r\n`;
  }
}

const TYPES: Readonly<Record<string, string>> = { _time: "dateTime:RFC3339", _measurement: "string", entity_id: "string" };

function tableText(points: readonly FluxPoint[], { columns, table }: { columns: readonly string[]; table: number }): string {
  const typeOf = (name: string): string => TYPES[name] ?? (typeof points[0]?.value === "number" ? "double" : "string");
  const group = columns.map((name) => String(name === "_measurement" || name === "entity_id"));
  const lines = [
    `#datatype,string,long,${columns.map(typeOf).join(",")}`,
    `#group,false,false,${group.join(",")}`,
    `#default,_result,,${columns.map(() => "").join(",")}`,
    `,result,table,${columns.join(",")}`,
  ];
  for (const point of points) lines.push(`,,${table},${columns.map((name) => quoted(cellOf(point, name))).join(",")}`);
  return `${lines.join("\r\n")}\r\n`;
}

function cellOf({ tMs, measurement, entity, value }: FluxPoint, name: string): string {
  if (name === "_time") return new Date(tMs).toISOString();
  if (name === "_measurement") return measurement;
  return name === "entity_id" ? entity : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function problem(reply: ServerResponse, status: number, body: { code: string; message: string }): void {
  reply.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}
