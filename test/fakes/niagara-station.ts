import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Asked } from "./http-server.ts";
import { type SelfSigned, selfSigned } from "./self-signed.ts";

/** A record of a history: an instant, a value as it is written, and what oBIX calls its type. */
export interface StationRecord {
  readonly tMs: number;
  readonly value: string;
  readonly type?: "real" | "int" | "bool" | "enum" | "str";
  readonly status?: string;
}

type Answer = (asked: Asked, reply: ServerResponse) => void;

/** A Niagara station of this machine: exports in a folder, oBIX, a servlet and the Analytics Web API, and answers out of turn. */
export class FakeStation {
  readonly station: string;
  readonly asked: Asked[] = [];
  user = "wattkeep";
  password = "p\u00e4ss:wort";
  /** Files of the folder by the name in their address. */
  readonly files = new Map<string, string | Uint8Array>();
  /** Histories by their name. */
  readonly histories = new Map<string, StationRecord[]>();
  /** What a history says once for all its records. */
  readonly units = new Map<string, string>();
  readonly answers = new Map<string, Answer>();
  /** Answers of the next questions in place of its own. */
  readonly instead: Answer[] = [];
  knowsTilde = true;
  /** Whether files are sent with an ETag and answered with 304. */
  hasVersions = true;
  servlet: unknown = { messageType: "history", historyData: [] };
  analytics: (request: Readonly<Record<string, unknown>>) => unknown = (request) => request;
  /** Most questions that were under way at once. */
  busiest = 0;
  #busy = 0;
  readonly #server: Server;

  private constructor(station: string, keys: SelfSigned) {
    this.station = station;
    this.#server = createServer({ ...keys }, (request, reply) => this.#heard(request, reply));
    this.#server.on("tlsClientError", () => undefined);
  }

  static async start(station = "Depot", keys = selfSigned(), port = 0): Promise<FakeStation> {
    const fake = new FakeStation(station, keys);
    await new Promise<void>((resolve) => fake.#server.listen(port, "127.0.0.1", resolve));
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  get folder(): string {
    return `${this.url}/file/${this.station}/historyExports/${this.station}`;
  }

  /** Paths that were asked for, in order. */
  get paths(): string[] {
    return this.asked.map(({ path }) => decodeURIComponent(path));
  }

  /** Another certificate from now on, as after a new one was issued. */
  changeCertificate(keys = selfSigned()): void {
    this.#server.setSecureContext({ ...keys });
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #heard(request: IncomingMessage, reply: ServerResponse): void {
    this.#busy += 1;
    this.busiest = Math.max(this.busiest, this.#busy);
    reply.once("close", () => {
      this.#busy -= 1;
    });
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const asked = { method, path: url, headers, body: Buffer.concat(parts).toString("utf8") };
      this.asked.push(asked);
      this.#answer(asked, reply);
    });
  }

  #answer(asked: Asked, reply: ServerResponse): void {
    const instead = this.instead.shift();
    if (instead !== undefined) {
      instead(asked, reply);
      return;
    }
    const expected = `Basic ${Buffer.from(`${this.user}:${this.password}`, "utf8").toString("base64")}`;
    if (asked.headers["authorization"] !== expected) {
      reply.writeHead(401, { "www-authenticate": 'Basic realm="station"' }).end("Unauthorized");
      return;
    }
    const path = asked.path.split("?")[0] ?? "";
    const own = this.answers.get(path);
    if (own !== undefined) own(asked, reply);
    else if (path.startsWith("/file/")) this.#file(asked, reply);
    else if (path.startsWith("/obix/")) this.#obix(asked, reply);
    else if (path === "/niagaraCopilot") json(reply, this.servlet);
    else if (path === "/na") this.#analytics(asked, reply);
    else reply.writeHead(404).end("Not found");
  }

  #file({ path, headers }: Asked, reply: ServerResponse): void {
    const folder = `/file/${this.station}/historyExports/${this.station}/`;
    if (path === folder) {
      const links = [...this.files.keys()].map((name) => `<tr><td><a href="${name}">${name}</a></td></tr>`);
      reply
        .writeHead(200, { "content-type": "text/html" })
        .end(`<html><body><table><a href="..">up</a>${links.join("\n")}</table></body></html>`);
      return;
    }
    const name = path.startsWith(folder) ? path.slice(folder.length).replace(/[?#].*$/, "") : "";
    const content = this.files.get(name) ?? this.files.get(path.slice(folder.length));
    if (content === undefined) {
      reply.writeHead(404).end("Not found");
      return;
    }
    const etag = `"${createHash("sha256").update(content).digest("hex").slice(0, 16)}"`;
    if (this.hasVersions && headers["if-none-match"] === etag) {
      reply.writeHead(304).end();
      return;
    }
    reply.writeHead(200, { "content-type": "text/csv", ...(this.hasVersions ? { etag } : {}) }).end(content);
  }

  #obix({ path }: Asked, reply: ServerResponse): void {
    const url = new URL(path, this.url);
    const root = `/obix/histories/${this.station}/`;
    const xml = (body: string): void => void reply.writeHead(200, { "content-type": "text/xml" }).end(`<?xml version="1.0"?>\n${body}`);
    if (url.pathname === root) {
      const refs = [...this.histories.keys()].map((name) => `<ref name="${name}" href="${encodeURI(name)}/" is="obix:History"/>`);
      xml(`<obj href="${this.url}${root}" display="javax.baja.history.BHistoryDevice">${refs.join("")}</obj>`);
      return;
    }
    const match = /^(.*?)\/(~historyQuery|-\/historyQuery)\/?$/.exec(url.pathname.slice(root.length));
    const name = decodeURIComponent(match?.[1] ?? "");
    const records = this.histories.get(name);
    if (records === undefined || (match?.[2] === "~historyQuery" && !this.knowsTilde)) {
      xml(`<err is="obix:BadUriErr" display="Bad URI: ${name}" href="${url.href.replaceAll("&", "&amp;")}"/>`);
      return;
    }
    xml(this.#records(name, records, url.searchParams));
  }

  #records(name: string, records: readonly StationRecord[], asked: URLSearchParams): string {
    const start = Date.parse(asked.get("start") ?? "1970-01-01T00:00:00Z");
    const end = Date.parse(asked.get("end") ?? "9999-01-01T00:00:00Z");
    const limit = Number(asked.get("limit") ?? Number.POSITIVE_INFINITY);
    const found = records.filter(({ tMs }) => tMs >= start && tMs <= end).slice(0, limit);
    const unit = this.units.get(name);
    const rows = found.map(({ tMs, value, type = "real", status }) => {
      const said = status === undefined ? "" : ` status="${status}"`;
      return `<obj><abstime name="timestamp" val="${new Date(tMs).toISOString()}"/><${type} name="value" val="${value}"${said}/></obj>`;
    });
    const shape =
      unit === undefined
        ? ""
        : `<obj href="#RecordDef" is="obix:HistoryRecord"><abstime name="timestamp" isNull="true"/><real name="value" val="0" unit="${unit}"/></obj>`;
    return `<obj is="obix:HistoryQueryOut"><int name="count" val="${found.length}"/><list name="data" of="#RecordDef obix:HistoryRecord">${rows.join("")}</list>${shape}</obj>`;
  }

  #analytics({ body }: Asked, reply: ServerResponse): void {
    const { requests } = JSON.parse(body) as { requests: Record<string, unknown>[] };
    json(reply, { responses: requests.map((request) => this.analytics(request)) });
  }
}

function json(reply: ServerResponse, body: unknown): void {
  reply.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A file as Workbench saves one: local times of Arizona, where the clock never changes. */
export function exportOf(rows: readonly (readonly [tMs: number, value: number | string])[], heads = "Timestamp,Value (°F)"): string {
  return `\ufeff${heads}\n${rows.map(([tMs, value]) => `${phoenix(tMs)},${value}\n`).join("")}\n`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function phoenix(tMs: number): string {
  const at = new Date(tMs - 7 * 3_600_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const hour = at.getUTCHours();
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
  return `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${two(at.getUTCFullYear() % 100)} ${clock} MST`;
}
