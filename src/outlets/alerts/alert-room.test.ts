import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Observation } from "#alerts/alert.ts";
import type { Rule } from "#alerts/rule.ts";
import type { AlertDelivery } from "#store/records.ts";
import { PlantWorld, START_MS } from "#test/plant-world.ts";
import { AlertRoom } from "./alert-room.ts";
import { RuleBook } from "./rule-book.ts";

const MINUTE_MS = 60_000;
const HOT: Rule = {
  id: "hot",
  name: "Too hot",
  severity: "warning",
  channels: ["phone", "plc", "gone"],
  enabled: true,
  kind: "threshold",
  series: "*",
  above: 50,
  hysteresis: 5,
  forMs: 0,
};

let world: PlantWorld;
let seen: Record<string, number> | undefined;
let rules: Rule[];
let book: RuleBook;
let room: AlertRoom;
let woken = 0;
beforeEach(async () => {
  world = await PlantWorld.open();
  rules = [HOT];
  seen = {};
  woken = 0;
  await open();
});
afterEach(() => world.close());

async function open(builtIn?: string): Promise<void> {
  const { store, nowMs } = world;
  book = new RuleBook(
    rules.map((rule) => ({ rule, from: rule.id === builtIn ? "built-in" : "file" })),
    await store.alertMemory(),
  );
  const observe = async (): Promise<readonly Observation[]> => {
    if (seen === undefined) throw new Error("nothing can be seen");
    return Object.entries(seen).map(([subject, value]) => ({ subject, title: subject, value, unit: "°C", tMs: nowMs() }));
  };
  const pageAt = (path: string): string => `https://meter.example${path}`;
  const wake = (): void => {
    woken += 1;
  };
  room = new AlertRoom({
    store,
    book,
    observer: { observe },
    channels: ["phone", "plc"],
    pageAt,
    wake,
    nowMs,
    logger: { warn: () => undefined },
  });
  await room.open();
}

async function look(values: Record<string, number> | undefined): Promise<void> {
  seen = values;
  world.clockMs += MINUTE_MS;
  await room.look();
}

async function restart(builtIn?: string): Promise<void> {
  await world.restart();
  await open(builtIn);
}

const told = async (): Promise<string[]> => (await world.store.alertDeliveries({ limit: 1_000 })).map(wordsOf);
const wordsOf = ({ channel, message, result }: AlertDelivery): string => {
  const { what, subject } = JSON.parse(message) as { what: string; subject: string };
  return `${channel} ${what} ${subject} ${result}`;
};

test("what fires is written down for each channel there is, and what clears for those who were told", async () => {
  await look({ cellar: 60, attic: 20 });
  await look({ cellar: 58, attic: 20 });
  expect(await told()).toEqual(["phone fired cellar waiting", "plc fired cellar waiting"]);
  expect(woken).toBe(1);
  const [alert] = await world.store.alerts({ active: true });
  expect(alert).toMatchObject({ rule: "hot", ruleName: "Too hot", subject: "cellar", value: 60, firedMs: START_MS + MINUTE_MS });
  expect(JSON.parse((await world.store.alertDeliveries())[0]?.message ?? "")).toMatchObject({
    link: "https://meter.example/explorer?series=cellar",
  });
  await look({ cellar: 40, attic: 20 });
  expect((await told()).slice(2)).toEqual(["phone cleared cellar waiting", "plc cleared cellar waiting"]);
  expect(await world.store.alerts({ active: true })).toEqual([]);
  expect(await world.store.alerts({ active: false })).toMatchObject([{ clearedMs: START_MS + 3 * MINUTE_MS }]);
});

test("a restart between any two looks changes nothing of what is told", async () => {
  const values = fc.array(fc.record({ value: fc.constantFrom(20, 47, 60, Number.NaN), restarted: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(values, async (rows) => {
      const runs: string[][] = [];
      for (const isRestarting of [false, true]) {
        await world.close();
        world = await PlantWorld.open();
        await open();
        for (const { value, restarted } of rows) {
          await look({ cellar: value });
          if (isRestarting && restarted) await restart();
        }
        runs.push(await told());
      }
      expect(runs[1]).toEqual(runs[0]);
    }),
    { numRuns: 15 },
  );
});

test("what the store refuses did not happen, and is told at the next look", async () => {
  const { changeAlerts } = world.store;
  (world.store as { changeAlerts: unknown }).changeAlerts = () => Promise.reject(new Error("disk full"));
  await open();
  await expect(look({ cellar: 60 })).rejects.toThrow("disk full");
  (world.store as { changeAlerts: unknown }).changeAlerts = changeAlerts;
  await look({ cellar: 60 });
  expect(await told()).toEqual(["phone fired cellar waiting", "plc fired cellar waiting"]);
});

test("what cannot be seen decides nothing; what is watched no more is over", async () => {
  await look({ cellar: 60, attic: 60 });
  await look(undefined);
  expect(await world.store.alerts({ active: true })).toHaveLength(2);
  await look({ attic: 60 });
  expect(await world.store.alerts({ active: true })).toMatchObject([{ subject: "attic" }]);
  expect((await told()).slice(4)).toEqual(["phone cleared cellar waiting", "plc cleared cellar waiting"]);
});

test("a rule that is gone or switched off leaves nothing standing, for a PLC would wait for ever", async () => {
  await look({ cellar: 60 });
  rules = [];
  await restart();
  await look({});
  expect((await told()).slice(2)).toEqual(["phone cleared cellar waiting", "plc cleared cellar waiting"]);
  rules = [{ ...HOT, enabled: false }];
  await restart();
  await look({ cellar: 60 });
  expect(await world.store.alerts({ active: true })).toEqual([]);
  expect((await world.store.alertMemory()).states).toEqual([]);
});

test("who has a rule for himself is told by that alone, and by the one for all when it is switched off", async () => {
  const every: Rule = { ...HOT, id: "every", kind: "job", job: "*" };
  const own: Rule = { ...HOT, id: "own", kind: "job", job: "cellar" };
  rules = [every, own];
  await restart();
  await look({ cellar: 1, attic: 1 });
  const active = async () => (await world.store.alerts({ active: true })).map(({ rule, subject }) => `${rule} ${subject}`).sort();
  // Each of these rules is shown everything here; what counts is what the first leaves.
  expect((await active()).filter((one) => one.startsWith("every"))).toEqual(["every attic"]);
  rules = [every, { ...own, enabled: false }];
  await restart();
  await look({ cellar: 1, attic: 1 });
  expect(await active()).toEqual(["every attic", "every cellar"]);
});

test("a person's rule for all takes the place of the built-in one", async () => {
  const builtIn: Rule = { ...HOT, id: "built-in", kind: "job", job: "*" };
  rules = [builtIn, { ...builtIn, id: "mine" }];
  await restart("built-in");
  await look({ cellar: 1 });
  expect(await world.store.alerts({ active: true })).toMatchObject([{ rule: "mine" }]);
});

test("a muted rule is shown and not sent, and neither is its end", async () => {
  book.mute("hot", START_MS + 5 * MINUTE_MS);
  await look({ cellar: 60 });
  expect(await told()).toEqual(["phone fired cellar muted", "plc fired cellar muted"]);
  expect(await world.store.alerts({ active: true })).toHaveLength(1);
  await look({ cellar: 20 });
  expect(await told()).toHaveLength(2);
  world.clockMs = START_MS + 6 * MINUTE_MS;
  await look({ cellar: 60 });
  expect((await told()).slice(2)).toEqual(["phone fired cellar waiting", "plc fired cellar waiting"]);
});

test("who was told before the mute is told that it is over", async () => {
  await look({ cellar: 60 });
  book.mute("hot", START_MS + 60 * MINUTE_MS);
  await look({ cellar: 20 });
  expect((await told()).slice(2)).toEqual(["phone cleared cellar waiting", "plc cleared cellar waiting"]);
});

test("what somebody acknowledged is not repeated, and its end is told", async () => {
  rules = [{ ...HOT, repeatMs: MINUTE_MS, channels: ["phone"] }];
  await restart();
  await look({ cellar: 60 });
  await look({ cellar: 60 });
  const [alert] = await world.store.alerts();
  await world.store.changeAlerts({ atMs: world.clockMs, acknowledged: { alertId: alert?.id ?? 0, who: "Ada" } });
  await look({ cellar: 60 });
  await look({ cellar: 20 });
  expect(await told()).toEqual(["phone fired cellar waiting", "phone repeated cellar waiting", "phone cleared cellar waiting"]);
});

test("what was over two years ago is forgotten", async () => {
  await look({ cellar: 60 });
  await look({ cellar: 20 });
  world.clockMs += 2 * 366 * 86_400_000 - 60 * MINUTE_MS;
  await look({ cellar: 20 });
  expect(await world.store.alerts()).toHaveLength(1);
  world.clockMs += 86_400_000;
  await look({ cellar: 20 });
  expect(await world.store.alerts()).toEqual([]);
});
