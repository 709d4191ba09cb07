import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { BUILT, SERVER, scratch } from "./scratch.ts";
import { printTable, quantile, type Row } from "./table.ts";

// The whole server as shipped, every series once a second for ten minutes (`--minutes=N` for another time, `--series=N` for
// one of the two): resident memory at the end, and how long the latest values of all take meanwhile.
/** The start flag of `npm start`; without it the young heap grows larger. */
const AS_NPM_STARTS_IT = "--max-semi-space-size=4";
const MINUTES = Number(option("minutes") ?? 10);

const only = Number(option("series") ?? 0);
const rows: Row[] = [];
for (const [points, mostMb] of [
  [100, 180],
  [2000, 280],
] as const)
  if (only === 0 || only === points) rows.push(await measure(points, mostMb));
printTable(rows);
process.exit(0);

function option(name: string): string | undefined {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}

async function measure(points: number, mostMb: number): Promise<Row> {
  const folder = scratch();
  const [http, mqtt] = [await freePort(), await freePort()];
  const config = join(folder, "wattkeep.yaml");
  writeFileSync(config, configuration());
  const env = {
    ...process.env,
    WATTKEEP_DATA: join(folder, "data"),
    WATTKEEP_HTTP: `127.0.0.1:${http}`,
    WATTKEEP_MQTT: `embedded:${mqtt}`,
    WATTKEEP_LOG: "error",
  };
  const server = spawn(process.execPath, [AS_NPM_STARTS_IT, SERVER, "serve", "--config", config], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answers(`http://127.0.0.1:${http}/healthz`);
  const publisher = fork(join(BUILT, "roles", "paced-publisher.js"), [String(mqtt), String(points)]);
  const tookMs: number[] = [];
  let highestMb = 0;
  const endMs = Date.now() + MINUTES * 60_000;
  while (Date.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const startMs = performance.now();
    await (await fetch(`http://127.0.0.1:${http}/api/v1/latest`)).arrayBuffer();
    tookMs.push(performance.now() - startMs);
    highestMb = Math.max(highestMb, residentMb(server));
  }
  const endMb = residentMb(server);
  const series = ((await (await fetch(`http://127.0.0.1:${http}/api/v1/latest`)).json()) as { values: unknown[] }).values.length;
  publisher.kill();
  const ended = once(server, "exit");
  server.kill();
  await ended;
  if (series < points) throw new Error(`${series} series of ${points} arrived`);
  const p99 = quantile(tookMs, 0.99);
  return {
    what: `${points} series every second for ${MINUTES} min`,
    measured: `${endMb.toFixed(0)} MB resident (highest ${highestMb.toFixed(0)}), GET latest p99 ${p99.toFixed(1)} ms`,
    claim: `≤ ${mostMb} MB, p99 < 50 ms`,
    holds: endMb <= mostMb && p99 < 50,
  };
}

function configuration(): string {
  return [
    "sites:",
    "  bench: { zone: Europe/Berlin, currency: EUR }",
    "sources:",
    "  bench:",
    "    site: bench",
    "    dialect: mapped-json",
    '    topics: ["bench/+/power"]',
    "    options:",
    '      topic: "bench/{point}/power"',
    "      readings:",
    '        - { pointer: /value, quantity: power, unit: W, kind: gauge, point: "p{point}" }',
    "",
  ].join("\n");
}

function residentMb(server: ChildProcess): number {
  if (process.platform !== "linux") throw new Error("resident memory is read from /proc, which only Linux has");
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"));
  return Number(match?.[1]) / 1024;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
