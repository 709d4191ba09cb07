import { expect, test } from "vitest";
import type { AlertChange } from "#store/records.ts";
import { type Home, START_MS } from "./world.ts";

const FIRED: NonNullable<AlertChange["fired"]>[number] = {
  rule: "source-silent",
  ruleName: "A source falls silent",
  subject: "meter",
  subjectTitle: "Electricity meter",
  severity: "warning",
  title: "Electricity meter has been silent for 25 minutes",
  text: "Look whether it has power.",
  value: 25.5,
  unit: "min",
  firedMs: START_MS,
  deliveries: [
    { channel: "phone", message: '{"a":1}' },
    { channel: "mail", message: '{"a":1}', result: "muted" },
  ],
};
const STATE = { rule: "source-silent", subject: "meter", state: '{"standing":"firing"}' };

export function alerting(home: () => Home): void {
  test("an alert, what its rule remembers and what has to be sent of it are one change", async () => {
    const [id = 0] = await home().store.changeAlerts({ atMs: START_MS + 1, fired: [FIRED], states: [STATE] });
    const again = await home().reopen();
    const waiting = { alertId: id, message: '{"a":1}', madeMs: START_MS + 1, atMs: START_MS + 1, tries: 0 };
    expect(await again.alerts()).toEqual([
      {
        ...FIRED,
        id,
        deliveries: [
          { id: 1, channel: "phone", result: "waiting", ...waiting },
          { id: 2, channel: "mail", result: "muted", ...waiting },
        ],
      },
    ]);
    expect((await again.alertMemory()).states).toEqual([STATE]);
    expect((await again.alertDeliveries({ result: "waiting" })).map(({ channel }) => channel)).toEqual(["phone"]);
    expect(await again.alertDeliveries({ result: "waiting", channel: "mail" })).toEqual([]);
  });

  test("nothing of a change is kept where a part of it cannot be", async () => {
    const { store } = home();
    const bad = { alertId: 99, deliveries: [{ channel: "phone", message: "{}" }] };
    await expect(store.changeAlerts({ atMs: START_MS, fired: [FIRED], states: [STATE], told: [bad] })).rejects.toThrow();
    expect(await store.alerts()).toEqual([]);
    expect((await store.alertMemory()).states).toEqual([]);
  });

  test("what was sent is marked, with why it failed, and the newest can be asked for", async () => {
    const { store } = home();
    const [alertId = 0] = await store.changeAlerts({ atMs: START_MS, fired: [FIRED] });
    await store.changeAlerts({ atMs: START_MS + 5, delivered: [{ id: 1, result: "waiting", tries: 1, problem: "away" }] });
    expect(await store.alertDeliveries({ result: "waiting" })).toMatchObject([{ id: 1, tries: 1, problem: "away", atMs: START_MS + 5 }]);
    await store.changeAlerts({ atMs: START_MS + 9, delivered: [{ id: 1, result: "sent", tries: 2 }] });
    await store.changeAlerts({ atMs: START_MS + 9, told: [{ alertId, deliveries: [{ channel: "phone", message: "2" }] }] });
    expect(await store.alertDeliveries({ result: "waiting" })).toMatchObject([{ id: 3, alertId, message: "2" }]);
    const [newest] = await store.alertDeliveries({ channel: "phone", result: "sent", newestFirst: true, limit: 1 });
    expect(newest).toEqual({ ...newest, id: 1, result: "sent", tries: 2, atMs: START_MS + 9 });
    expect(newest).not.toHaveProperty("problem");
  });

  test("those that last and those that are over are told apart, newest first, page by page", async () => {
    const { store } = home();
    const ids = await store.changeAlerts({ atMs: START_MS, fired: [FIRED, FIRED, FIRED, { ...FIRED, value: Number.NaN, link: "/home" }] });
    await store.changeAlerts({ atMs: START_MS + 7, cleared: ids.slice(0, 2) });
    // Once over, it stays over since then.
    await store.changeAlerts({ atMs: START_MS + 9, cleared: ids.slice(0, 1) });
    expect((await store.alerts({ active: true })).map(({ id }) => id)).toEqual([ids[3], ids[2]]);
    const over = await store.alerts({ active: false, limit: 1 });
    expect(over).toMatchObject([{ id: ids[1], clearedMs: START_MS + 7 }]);
    expect(await store.alerts({ active: false, beforeId: over[0]?.id ?? 0 })).toMatchObject([{ id: ids[0], clearedMs: START_MS + 7 }]);
    expect(await store.alerts({ ids: [ids[3] ?? 0, 99] })).toMatchObject([{ value: Number.NaN, link: "/home" }]);
  });

  test("an acknowledgement is kept, and taken back", async () => {
    const { store } = home();
    const [alertId = 0] = await store.changeAlerts({ atMs: START_MS, fired: [FIRED] });
    await store.changeAlerts({ atMs: START_MS + 3, acknowledged: { alertId, who: "Ada" } });
    expect(await store.alerts()).toMatchObject([{ acknowledged: { who: "Ada", atMs: START_MS + 3 } }]);
    await store.changeAlerts({ atMs: START_MS + 4, acknowledged: { alertId } });
    expect((await store.alerts())[0]).not.toHaveProperty("acknowledged");
    expect(await store.changeAlerts({ atMs: START_MS + 5, acknowledged: { alertId: 99, who: "Ada" } })).toEqual([]);
  });

  test("states, mutes and rules of pages are saved, changed and taken away", async () => {
    const { store } = home();
    const mutes = [
      { rule: "b", untilMs: START_MS + 9 },
      { rule: "a", untilMs: START_MS + 8 },
    ];
    await store.changeAlerts({ atMs: START_MS, states: [STATE], mutes, rules: [{ id: "hot", rule: "{}", who: "Ada" }] });
    await store.changeAlerts({
      atMs: START_MS + 1,
      rules: [{ id: "hot", rule: "{1}", who: "Bob" }],
      mutes: [{ rule: "b", untilMs: null }],
    });
    expect(await store.alertMemory()).toEqual({
      states: [STATE],
      mutes: [{ rule: "a", untilMs: START_MS + 8 }],
      rules: [{ id: "hot", rule: "{1}", who: "Bob", madeMs: START_MS + 1 }],
    });
    await store.changeAlerts({ atMs: START_MS, states: [{ ...STATE, state: null }], rules: [{ id: "hot", rule: null, who: "Bob" }] });
    expect(await (await home().reopen()).alertMemory()).toEqual({ states: [], mutes: [{ rule: "a", untilMs: START_MS + 8 }], rules: [] });
  });

  test("what was over long ago goes with its deliveries; what lasts stays, however old", async () => {
    const { store } = home();
    const ids = await store.changeAlerts({ atMs: START_MS, fired: [FIRED, FIRED, FIRED] });
    await store.changeAlerts({ atMs: START_MS + 10, cleared: ids.slice(0, 1) });
    await store.changeAlerts({ atMs: START_MS + 20, cleared: ids.slice(1, 2) });
    await store.changeAlerts({ atMs: START_MS + 30, forgetBeforeMs: START_MS + 20 });
    expect((await store.alerts()).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect((await store.alertDeliveries()).map(({ alertId }) => alertId)).toEqual([ids[1], ids[1], ids[2], ids[2]]);
  });
}
