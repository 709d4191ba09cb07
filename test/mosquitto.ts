import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { probeBroker } from "#intake/mqtt/probe.ts";
import { freePort } from "./free-port.ts";

/** A real broker on a free port with a folder of its own; stopped and removed by `stop`. */
export class Mosquitto {
  readonly port: number;
  readonly folder: string;
  #child: ChildProcess | undefined;

  constructor(port: number, folder: string) {
    this.port = port;
    this.folder = folder;
  }

  /** `lines` are added to its configuration, after a loopback listener that lets everybody in. `{folder}` stands for its folder. */
  static async start(lines: readonly string[] = []): Promise<Mosquitto> {
    const folder = mkdtempSync(join(tmpdir(), "wattkeep-mosquitto-"));
    const broker = new Mosquitto(await freePort(), folder);
    // Started by root it would become another user, who cannot write to the folder.
    const own = [`user ${userInfo().username}`, `listener ${broker.port} 127.0.0.1`, "allow_anonymous true"];
    const text = [...own, ...lines.map((line) => line.replaceAll("{folder}", folder))].join("\n");
    writeFileSync(join(folder, "mosquitto.conf"), `${text}\n`);
    await broker.run();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Start it, again after `end`. */
  async run(): Promise<void> {
    this.#child = spawn("mosquitto", ["-c", join(this.folder, "mosquitto.conf")], { stdio: "ignore" });
    for (let i = 0; i < 100; i += 1) {
      if (await probeBroker(this.url, 200)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("mosquitto did not start");
  }

  /** End it as an operator would (it saves its sessions), or as a power cut would. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await exited;
  }

  async stop(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
