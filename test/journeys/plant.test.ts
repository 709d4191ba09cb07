import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateText, localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { BillAnswer, BillsAnswer } from "#contract/plant-bills.ts";
import type { ImportsAnswer } from "#contract/plant-quality.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";
import { type Said, tell } from "#test/telling.ts";

const ZONE = zoneNamed("America/Indiana/Indianapolis");
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const SAY_MS = 15_000;
const PATIENCE = { timeout: 30_000, interval: 100 };
const KWH_PER_PULSE = 1.7;

/** So long ago that every interval of the story is over. */
const startMs = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS - 12 * QUARTER_MS;
/** Ten days before, so that the story lies within one period whenever it is told. */
const anchor = dateText(startMs - 10 * 24 * 60 * MINUTE_MS, ZONE);

const YAML = `
sites:
  plant: { name: Mill, zone: ${ZONE.id}, currency: USD }
sources:
  kyz: { site: plant, dialect: kyz-pulse, rank: live }
  plc: { site: plant, folder: drop, glob: "*.csv", minAgeSeconds: 1, dialect: plc-csv, rank: file }
points:
  plant/main: { name: Main meter, facts: [{ from: 2020-01-01, kwhPerPulse: ${KWH_PER_PULSE} }] }
tariffs:
  - { point: plant/main, anchor: ${anchor}, plan: ${resolve("examples/plant/tariffs/rate-sl.json")} }
`;

/** An hour with a peak in its second quarter, forty minutes of silence in which the plant runs on, and an hour of the usual. */
const USUAL = 5;
const PEAK = 8;
const STORY_MS = 160 * MINUTE_MS;
const pulsesAt = (sinceMs: number): number => (sinceMs > QUARTER_MS && sinceMs <= 2 * QUARTER_MS ? PEAK : USUAL);
const isSilent = (sinceMs: number): boolean => sinceMs > 60 * MINUTE_MS && sinceMs < 100 * MINUTE_MS;

const kw = (pulsesPerSaying: number): number => (pulsesPerSaying * KWH_PER_PULSE * 3_600_000) / SAY_MS;

/** What the PLC says in that time. */
function pulses(): Said[] {
  const said: Said[] = [];
  let total = 100_000;
  for (let sinceMs = SAY_MS; sinceMs <= STORY_MS; sinceMs += SAY_MS) {
    total += pulsesAt(sinceMs);
    // Said in the middle of its fifteen seconds: no saying stands on a boundary.
    const atMs = startMs + sinceMs - SAY_MS / 2;
    if (!isSilent(sinceMs)) said.push({ atMs, topic: "pri/energy/kyz/pulseCount", body: JSON.stringify({ t: total }) });
  }
  return said;
}

/** What the PLC wrote down of the first hour: its peak was no higher than the rest. */
function plcFile(): string {
  const head = "Date, Time, counter15min, LastEnergyUsage, LastDemand, TotalEnergyUsed, R17_Last_ExcludeDemand, KYZ_InvalidAlarm";
  const rows = [1, 2, 3, 4].map((n) => {
    const [date = "", time = ""] = localText(startMs + n * QUARTER_MS, ZONE).split(" ");
    const [year, month, day] = date.split("-").map(Number);
    return `${month}/${day}/${year}, ${time}.000, 300, 510, 2040.000000, ${440_000 + n * 510}.000, OFF - 0, OFF - 0`;
  });
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

inBrowser()("a plant, from its pulses to a bill that a file corrects", { timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    mkdirSync(join(server.folder, "drop"), { recursive: true });
    await server.end();
    await tell(server, pulses());
    await server.run();
    browser = await startBrowser();
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const plant = "/api/v1/plants/plant.main";
  const main = async (): Promise<string> => ((await tab.page.locator("main").textContent()) ?? "").replaceAll(/\s/g, " ");
  async function bill(): Promise<BillAnswer> {
    const { bills } = await server.get<BillsAnswer>(`${plant}/bills?count=1`);
    return server.get<BillAnswer>(`${plant}/bills/${bills.at(-1)?.period.name}`);
  }
  const demandOf = (answer: BillAnswer) => answer.lines.find(({ kind }) => kind === "demand");

  test("a silence of forty minutes invents no peak, and its energy is there", async () => {
    const before = await bill();
    const demand = demandOf(before)?.demand;
    expect(demand?.peaks.map((peak) => Math.round(peak.kw ?? 0))).toEqual([kw(PEAK), kw(USUAL), kw(USUAL)]);
    const pulses = (STORY_MS / SAY_MS) * USUAL + (QUARTER_MS / SAY_MS) * (PEAK - USUAL);
    // The very first total says where the register stands, not what came before it.
    expect(before.energyKwh).toBeCloseTo((pulses - USUAL) * KWH_PER_PULSE, 6);
    expect(demand?.uncertain?.lowKw).toBeCloseTo((kw(PEAK) + 2 * kw(USUAL)) / 3, 6);
    expect(demand?.uncertain?.highKw).toBeGreaterThan(demand?.uncertain?.lowKw ?? 0);
    await tab.page.goto(`${server.url}/billing-risk`);
    await expect.poll(main, PATIENCE).toContain("2,448");
  });

  test("a file of the PLC that lowers the peak lowers the bill, and says by how much", async () => {
    const before = await bill();
    const file = join(server.folder, "drop", "hour.csv");
    writeFileSync(file, plcFile());
    const minuteAgo = new Date(Date.now() - MINUTE_MS);
    utimesSync(file, minuteAgo, minuteAgo);
    const imports = async () => (await server.get<ImportsAnswer>(`${plant}/imports`)).imports;
    await expect.poll(async () => (await imports())[0]?.status, PATIENCE).toBe("done");
    const after = await bill();
    expect(demandOf(after)?.demand?.meteredKw).toBeCloseTo(kw(USUAL), 6);
    const savedKw = (kw(PEAK) - kw(USUAL)) / 3;
    expect(Number(demandOf(before)?.amount) - Number(demandOf(after)?.amount)).toBeCloseTo(savedKw * 24.74, 1);
    const [report] = await imports();
    // The first quarter lacks the pulses before the first total, the second had the peak, the fourth ends within the silence.
    expect(report).toMatchObject({ file: "hour.csv", new: 0, replaced: 3, unchanged: 0, confirmed: 1, problemCount: 0 });
    expect(report).toMatchObject({ peakBeforeKw: kw(PEAK), peakAfterKw: kw(USUAL), billBefore: before.total, billAfter: after.total });
    await tab.page.goto(`${server.url}/billing-risk`);
    await expect.poll(main, PATIENCE).toContain("2,040");
    await tab.page.goto(`${server.url}/data-quality`);
    await expect.poll(main, PATIENCE).toContain("hour.csv");
    expect(tab.complaints).toEqual([]);
  });
});
