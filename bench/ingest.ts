import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { BUILT, scratch } from "./scratch.ts";
import { count, median, printTable, type Row } from "./table.ts";

// Durable ingest against an MQTT.js subscriber that does nothing: from Mosquitto, and from a server at wire speed.
const TOTAL = 150_000;
const ROUNDS = 3;

const rows: Row[] = [];
if (spawnSync("mosquitto", ["-h"]).error) console.log("mosquitto is not installed: its part is left out");
else rows.push(await compare("from Mosquitto", 0.9, fromMosquitto));
rows.push(await compare("from a wire-speed server", 1.5, fromReplay));
printTable(rows);
process.exit(0);

type Source = (role: string) => Promise<{ perSecond: number; kept?: number }>;

/** The two take turns, so that what else the machine does hits both. */
async function compare(what: string, wanted: number, run: Source): Promise<Row> {
  const idle: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    idle.push((await run("idle-subscriber")).perSecond);
    const { perSecond, kept } = await run("wattkeep-subscriber");
    if (kept !== TOTAL * 7) throw new Error(`${kept} values kept of ${TOTAL * 7}`);
    ours.push(perSecond);
  }
  const ratio = median(ours) / median(idle);
  return {
    what: `durable QoS 1, 7 values a message, ${what}`,
    measured: `${count(median(ours))} msg/s against ${count(median(idle))}: ${ratio.toFixed(2)} ×`,
    claim: `≥ ${wanted} × an idle MQTT.js subscriber`,
    holds: ratio >= wanted,
  };
}

async function fromMosquitto(role: string): Promise<{ perSecond: number; kept?: number }> {
  const folder = scratch();
  const port = await freePort();
  writeFileSync(
    join(folder, "conf"),
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 200\nmax_queued_messages 0\nlog_type error\n`,
  );
  const broker = spawn("mosquitto", ["-c", join(folder, "conf")], { stdio: "inherit" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const subscriber = start(role, port);
  await said(subscriber, "ready");
  const publisher = start("flood", port);
  const answer = await said(subscriber, "perSecond");
  publisher.kill();
  subscriber.kill();
  broker.kill();
  return answer as { perSecond: number; kept?: number };
}

async function fromReplay(role: string): Promise<{ perSecond: number; kept?: number }> {
  const server = start("replay-server", TOTAL);
  const { port } = (await said(server, "port")) as { port: number };
  const subscriber = start(role, port);
  const answer = await said(subscriber, "perSecond");
  subscriber.kill();
  server.kill();
  return answer as { perSecond: number; kept?: number };
}

function start(role: string, first: number): ChildProcess {
  return fork(join(BUILT, "roles", `${role}.js`), [String(first), String(TOTAL)], { stdio: "inherit" });
}

function said(child: ChildProcess, key: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    child.on("message", (message) => {
      if (key in (message as object)) resolve(message as Record<string, unknown>);
    });
    child.on("exit", (code) => reject(new Error(`a process ended with ${code} before it said ${key}`)));
  });
}
