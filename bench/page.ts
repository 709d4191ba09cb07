import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { freePort } from "./free-port.ts";
import { fillYear } from "./home-year.ts";
import { type Gesture, type Move, traced } from "./page-trace.ts";
import { tablet, type Usable, usable } from "./page-usable.ts";
import { SERVER, scratch, shippedStore } from "./scratch.ts";
import { median, printTable, type Row } from "./table.ts";

// The home page in Chromium, over a year of a meter read every ten seconds: how long until it is of use, how long a gesture waits
// for its frame, and how much script it costs. `--traces=FOLDER` keeps what Chromium traced. CHROMIUM names the browser's file.
const ZONE = "Europe/Berlin";
const ROUNDS = 5;
const SETTLE_MS = 700;
const MOST_USABLE_MS = 1_000;
const MOST_REPAINT_MS = 100;
const MOST_SCRIPT_KB = 250;
const YAML = `
sites:
  home: { name: Home, zone: ${ZONE}, currency: EUR }
sources:
  reader: { name: Reader, site: home, dialect: tasmota-sml, topics: [tele/home/SENSOR] }
homes:
  house:
    site: home
    grid: home/meter
    prices: [{ from: 2025-01-01, perKwh: 0.3102, baseFeePerMonth: 11.90, feedInPerKwh: 0.08 }]
    instalments: [{ from: 2025-01-01, amount: 90 }]
`;

const folder = scratch();
const data = join(folder, "data");
mkdirSync(data);
const filling = await shippedStore(data);
await fillYear(filling, { nowMs: Math.floor(Date.now() / 1000) * 1000, zone: ZONE });
await filling.close();
writeFileSync(join(folder, "wattkeep.yaml"), YAML);

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const rows: Row[] = [];
const slow: Usable[] = [];

let server = await started();
const never = await fresh(browser, server.url);
rows.push(usableRow("page usable, a new process, nothing derived before", [never], undefined));
await ended(server.child);

const cold: Usable[] = [];
for (let round = 0; round < ROUNDS; round++) {
  server = await started();
  cold.push(await fresh(browser, server.url));
  if (round < ROUNDS - 1) await ended(server.child);
}
rows.push(usableRow("page usable, a new process and a browser that was never there", cold, MOST_USABLE_MS));

const warm: Usable[] = [];
for (let round = 0; round < ROUNDS; round++) warm.push(await fresh(browser, server.url));
rows.push(usableRow("page usable, a browser that was never there", warm, MOST_USABLE_MS));

const context = await tablet(browser);
const page = await context.newPage();
await usable(page, `${server.url}/home`);
for (const [view, name] of [
  ["", "day"],
  ["?view=month", "month"],
  ["?view=year", "year"],
] as const) {
  const again: Usable[] = [];
  for (let round = 0; round < ROUNDS; round++) again.push(await usable(page, `${server.url}/home${view}`));
  rows.push(usableRow(`page usable again, with a ${name} of readings`, again, MOST_USABLE_MS));
}

const gestures: Gesture[] = [];
for (const view of ["", "?view=month", "?view=year"]) gestures.push(...(await gesturesOf(page, `${server.url}/home${view}`)));
for (const what of new Set(gestures.map((gesture) => gesture.what))) {
  const own = gestures.filter((gesture) => gesture.what === what);
  const frames = own.map(({ frameMs }) => frameMs);
  const worst = Math.max(...frames);
  rows.push({
    what: `${what}, until its frame is drawn, worst of ${own.length} (middle)`,
    measured: `${worst.toFixed(1)} ms (${median(frames).toFixed(1)})`,
    claim: `≤ ${MOST_REPAINT_MS} ms`,
    holds: worst <= MOST_REPAINT_MS,
  });
}
const busyMs = Math.max(...gestures.map((gesture) => gesture.busyMs));
rows.push(plain("longest the page was busy at one go meanwhile", `${busyMs.toFixed(1)} ms`));
rows.push(plain("heap of the page after all that", `${((await heapBytes(page)) / 1e6).toFixed(1)} MB`));
await context.close();
rows.push(await scriptRow(browser, server.url));

printTable(rows);
for (const one of slow) explain(one);
await browser.close();
await ended(server.child);
process.exit(0);

function plain(what: string, measured: string): Row {
  return { what, measured, claim: "", holds: undefined };
}

function usableRow(what: string, all: readonly Usable[], most: number | undefined): Row {
  const times = all.map(({ usableMs }) => usableMs);
  const worst = all.reduce((a, b) => (b.usableMs > a.usableMs ? b : a));
  const ms = median(times);
  if (most !== undefined && worst.usableMs > most) slow.push(worst);
  return {
    what,
    measured: all.length === 1 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(0)} ms (worst of ${all.length} ${worst.usableMs.toFixed(0)})`,
    claim: most === undefined ? "" : `≤ ${most} ms`,
    holds: most === undefined ? undefined : worst.usableMs <= most,
  };
}

/** Where the time of a slow page went. */
function explain({ usableMs, steps, longMs }: Usable): void {
  console.log(`\nof ${usableMs.toFixed(0)} ms (asked, first byte, there):`);
  for (const { what, askedMs, firstMs, thereMs } of steps)
    console.log(`  ${[askedMs, firstMs, thereMs].map((ms) => ms.toFixed(0).padStart(6)).join(" ")}  ${what}`);
  console.log(`  scripts at one go: ${longMs.map((ms) => ms.toFixed(0)).join(", ") || "none of 50 ms"}`);
}

async function fresh(from: Browser, url: string): Promise<Usable> {
  const own = await tablet(from);
  const measured = await usable(await own.newPage(), `${url}/home`);
  await own.close();
  return measured;
}

async function gesturesOf(at: Page, address: string): Promise<Gesture[]> {
  await usable(at, address);
  const box = await at.locator(".power-plot .u-over").boundingBox();
  if (box === null) throw new Error("there is no chart");
  const [x, y] = [box.x + box.width * 0.6, box.y + box.height / 2];
  await at.mouse.move(x, y);
  await at.keyboard.down("Control");
  await at.keyboard.up("Control");
  const wheel = (by: number) => async () => {
    await at.keyboard.down("Control");
    await at.mouse.wheel(0, by);
    await at.keyboard.up("Control");
  };
  const pan = (key: string): Move => ({ what: "pan", begins: "keydown", make: () => at.keyboard.press(key) });
  const zoom = (by: number): Move => ({ what: "zoom", begins: "wheel", make: wheel(by) });
  const moves = [pan("ArrowLeft"), zoom(-300), pan("ArrowLeft"), zoom(-300), pan("ArrowRight"), zoom(300), zoom(300), pan("ArrowLeft")];
  const done: Gesture[] = [];
  for (const move of moves) {
    const path = option("traces");
    done.push(
      await traced(
        { browser, page: at, ...(path === undefined ? {} : { path: join(path, `${move.what}-${process.hrtime.bigint()}.json`) }) },
        move,
        () => settled(at),
      ),
    );
  }
  return done;
}

/** The finer picture is asked for a moment after the last of a row of moves. */
async function settled(at: Page): Promise<void> {
  await at.waitForTimeout(SETTLE_MS);
  await at.waitForSelector('.power-chart[aria-busy="false"]');
  await at.waitForTimeout(100);
}

async function heapBytes(at: Page): Promise<number> {
  const session = await at.context().newCDPSession(at);
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** Every script the page loads until it rests, as the server sends it to who takes gzip. */
async function scriptRow(from: Browser, url: string): Promise<Row> {
  const own = await tablet(from);
  const at = await own.newPage();
  const scripts = new Set<string>();
  at.on("response", (response) => {
    if (/javascript/.test(response.headers()["content-type"] ?? "")) scripts.add(response.url());
  });
  await usable(at, `${url}/home`);
  await at.waitForTimeout(2_000);
  await own.close();
  const sizes = await Promise.all([...scripts].map(async (script) => ({ script, bytes: await gzipBytes(script) })));
  const kb = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  if (kb > MOST_SCRIPT_KB)
    for (const { script, bytes } of sizes.toSorted((a, b) => b.bytes - a.bytes)) console.log(`  ${(bytes / 1000).toFixed(1)} kB ${script}`);
  return {
    what: `script of the page in ${scripts.size} files, as gzip`,
    measured: `${kb.toFixed(1)} kB`,
    claim: `≤ ${MOST_SCRIPT_KB} kB`,
    holds: kb <= MOST_SCRIPT_KB,
  };
}

function gzipBytes(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}

async function started(): Promise<{ child: ChildProcess; url: string }> {
  const [http, mqtt] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    WATTKEEP_DATA: data,
    WATTKEEP_HTTP: `127.0.0.1:${http}`,
    WATTKEEP_MQTT: `embedded:${mqtt}`,
    WATTKEEP_LOG: "error",
  };
  const child = spawn(process.execPath, [SERVER, "serve", "--config", join(folder, "wattkeep.yaml")], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.once("exit", () => child.kill());
  const url = `http://127.0.0.1:${http}`;
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(`${url}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the server does not answer");
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill();
  await gone;
}

function option(name: string): string | undefined {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}
