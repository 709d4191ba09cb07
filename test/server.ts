import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./free-port.ts";

/** What a test server is started with. */
export interface ServerSetting {
  /** Content of its configuration file; left out, it is the demo. */
  readonly yaml?: string;
  /** Content of the `.env` beside it. */
  readonly env?: string;
  /** As WATTKEEP_MQTT takes it. */
  readonly mqtt: string;
}

const BUNDLE = resolve("dist/wattkeep.js");
const START_MS = 30_000;

/** The whole server as a person runs it, on a folder and ports of its own; removed by `remove`. */
export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), "wattkeep-server-"));
  readonly #setting: ServerSetting;
  #child: ChildProcess | undefined;
  #port = 0;
  #said = "";

  private constructor(setting: ServerSetting) {
    this.#setting = setting;
    if (setting.yaml !== undefined) writeFileSync(join(this.folder, "wattkeep.yaml"), setting.yaml);
    if (setting.env !== undefined) writeFileSync(join(this.folder, ".env"), setting.env, { mode: 0o600 });
  }

  static async start(setting: ServerSetting): Promise<Server> {
    const server = new Server(setting);
    server.#port = await freePort();
    await server.run();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What it printed so far. */
  get said(): string {
    return this.#said;
  }

  get environment(): NodeJS.ProcessEnv {
    const config = this.#setting.yaml === undefined ? {} : { WATTKEEP_CONFIG: join(this.folder, "wattkeep.yaml") };
    return {
      ...process.env,
      ...config,
      WATTKEEP_DATA: join(this.folder, "data"),
      WATTKEEP_HTTP: `127.0.0.1:${this.#port}`,
      WATTKEEP_MQTT: this.#setting.mqtt,
      WATTKEEP_LOG: "error",
    };
  }

  /** Starts it, again after `kill` or `end`, and waits until it serves. */
  async run(): Promise<void> {
    const child = spawn(process.execPath, [BUNDLE, "serve"], { env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    child.stdout.on("data", (text) => (this.#said += text));
    child.stderr.on("data", (text) => (this.#said += text));
    const giveUpMs = performance.now() + START_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || performance.now() > giveUpMs) throw new Error(`the server did not start: ${this.#said.slice(-2000)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** As an operator ends it. */
  async end(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Runs a command of the command line against this server's folder. */
  async command(...words: string[]): Promise<{ status: number | null; out: string; problem: string }> {
    const child = spawn(process.execPath, [BUNDLE, ...words], { env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let problem = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (problem += text));
    const status = await new Promise<number | null>((done) => child.once("close", done));
    return { status, out, problem };
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The port of its own broker, from what it printed at its last start. */
  get brokerPort(): number {
    const ports = [...this.#said.matchAll(/mqtt:\/\/[\d.]+:(\d+)/g)];
    const port = Number(ports.at(-1)?.[1]);
    if (!(port > 0)) throw new Error(`no broker in: ${this.#said}`);
    return port;
  }

  /** Of the running process. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the server does not run");
    return pid;
  }

  file(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }
}
