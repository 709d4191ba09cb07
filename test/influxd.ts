import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

/** A real InfluxDB 1 on free ports with a folder of its own; stopped and removed by `stop`. */
export class Influxd {
  readonly url: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(url: string, folder: string) {
    this.url = url;
    this.#folder = folder;
  }

  /** With `login`, nobody is let in without one; that one is its administrator. */
  static async start(login?: { readonly username: string; readonly password: string }): Promise<Influxd> {
    const folder = mkdtempSync(join(tmpdir(), "wattkeep-influxd-"));
    const [port, backupPort] = [await freePort(), await freePort()];
    const text = `reporting-enabled = false
bind-address = "127.0.0.1:${backupPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
auth-enabled = ${login !== undefined}
[logging]
level = "error"
`;
    writeFileSync(join(folder, "influxdb.conf"), text);
    const server = new Influxd(`http://127.0.0.1:${port}`, folder);
    await server.run();
    if (login !== undefined)
      await server.query(`CREATE USER "${login.username}" WITH PASSWORD '${login.password}' WITH ALL PRIVILEGES`, { method: "POST" });
    return server;
  }

  /** Start it, again after `end`. */
  async run(): Promise<void> {
    this.#child = spawn("influxd", ["-config", join(this.#folder, "influxdb.conf")], { stdio: "ignore" });
    for (let i = 0; i < 250; i += 1) {
      if (await this.#answers()) return;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    throw new Error("influxd did not start");
  }

  /** A question in InfluxQL; its answer's JSON. */
  async query(q: string, how: { readonly db?: string; readonly method?: "GET" | "POST" } = {}): Promise<InfluxAnswer> {
    const url = new URL(`${this.url}/query`);
    url.search = new URLSearchParams({ q, epoch: "ms", ...(how.db === undefined ? {} : { db: how.db }) }).toString();
    return (await fetch(url, { method: how.method ?? "GET" })).json() as Promise<InfluxAnswer>;
  }

  /** Lines of line protocol, stamped in milliseconds. */
  async write(db: string, lines: readonly string[]): Promise<void> {
    const answer = await fetch(`${this.url}/write?db=${db}&precision=ms`, { method: "POST", body: lines.join("\n") });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Ends it as a power cut would. */
  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.url}/ping`).then(
      ({ status }) => status === 204,
      () => false,
    );
  }
}

export interface InfluxAnswer {
  readonly results: readonly {
    readonly series?: readonly { readonly name: string; readonly columns: readonly string[]; readonly values: readonly unknown[][] }[];
    readonly error?: string;
  }[];
}
