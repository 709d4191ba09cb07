import type { HomeReports } from "#reports/home.ts";
import type { HomeSettings } from "#reports/home-settings.ts";
import { openHome } from "#reports/open-home.ts";
import { EVERY_MS, fillYear } from "./home-year.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { median, msRow, printTable, type Row, timed } from "./table.ts";

// What the home page asks: a meter read every 10 s for a year, bought, sold and power, with a price, a base fee and instalments.
const ZONE = "Europe/Berlin";
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 20, 18);
const POINTS = 1_200;

const SETTINGS: HomeSettings = {
  id: "home.meter",
  site: "home",
  siteName: "Home",
  name: "Home",
  zone: ZONE,
  currency: "EUR",
  roles: { grid: "meter", solar: [], battery: [] },
  meter: {
    site: "home",
    point: "meter",
    name: "Meter",
    siteName: "Home",
    zone: ZONE,
    currency: "EUR",
    holidays: [],
    sources: [{ name: "reader", title: "Reader", rank: "live" }],
    facts: [],
    intervalMinutes: 15,
    billing: { kind: "calendar" },
    demo: false,
  },
  prices: [
    { fromDate: "2025-01-01", perKwh: "0.3102", baseFeePerMonth: "11.90", feedInPerKwh: "0.08" },
    { fromDate: "2026-04-15", perKwh: "0.2994", baseFeePerMonth: "12.50", feedInPerKwh: "0.08" },
  ],
  instalments: [{ fromDate: "2025-01-01", amount: "90" }],
  settlement: "01-01",
  connectionKw: 44,
  demo: false,
};

async function several(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < 9; round++) all.push(await timed(work));
  return median(all);
}

const folder = scratch();
const filling = await shippedStore(folder, () => NOW_MS);
const registers = await fillYear(filling, { nowMs: NOW_MS, zone: ZONE });
await filling.close();

let nowMs = NOW_MS;
const clock = (): number => nowMs;
const summary = (home: HomeReports) => home.summary({ weekStart: 1 });
const first = await shippedStore(folder, clock);
const coldMs = await timed(() => summary(openHome(first, SETTINGS, clock)));
// What was derived is kept in the background.
await first.checkpoint();
await first.close();

const store = await shippedStore(folder, clock);
const home = openHome(store, SETTINGS, clock);
const keptMs = await timed(() => summary(home));
const againMs = await several(() => summary(home));
const polledMs = await several(async () => {
  nowMs += EVERY_MS;
  registers.bought += 0.002;
  await store.append({
    receivedMs: nowMs,
    samples: {
      seriesId: Int32Array.of(1, 2, 3),
      tMs: new Float64Array(3).fill(nowMs),
      value: Float64Array.of(registers.bought, registers.sold, 720),
      quality: new Uint16Array(3),
      code: new Uint16Array(3),
    },
    rejects: [],
    messages: [],
  });
  await summary(home);
});

const rows: Row[] = [
  msRow("summary of a year of 10 s readings, nothing derived before", coldMs, undefined),
  msRow("summary in a new process, months kept by an earlier one", keptMs, 300),
  msRow("summary, again", againMs, 20),
  msRow("summary after a new reading, the commit included", polledMs, 40),
];
for (const [name, days] of [["day", 1] as const, ["week", 7] as const, ["month", 31] as const, ["year", 364] as const]) {
  // The commit of a reading alters the running day alone.
  const range = { fromMs: NOW_MS - days * DAY_MS - 1_234, toMs: NOW_MS };
  const firstMs = await timed(() => home.chart(range, { points: POINTS }));
  rows.push(msRow(`chart of a ${name}, first`, firstMs, undefined));
  rows.push(msRow(`chart of a ${name}, again`, await several(() => home.chart(range, { points: POINTS })), 30));
  rows.push(msRow(`selection of a ${name}`, await several(() => home.selection(range)), 50));
}
rows.push(msRow("a year of days", await several(() => home.days("2025-11-21", "2026-11-20")), undefined));
printTable(rows);
await store.close();
