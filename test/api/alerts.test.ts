import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { builtInRules } from "#alerts/built-in.ts";
import type { StaleRule } from "#alerts/rule.ts";
import { makeToken } from "#api/tokens.ts";
import { alertRulesSchema, alertSchema, alertsSchema, channelTestSchema, ruleInfoSchema } from "#contract/alerts.ts";
import { type Alerts, openAlerts } from "#outlets/alerts/open-alerts.ts";
import { telegramChannel } from "#outlets/alerts/telegram.ts";
import type { Role } from "#store/records.ts";
import { FakeHttpServer } from "#test/fakes/http-server.ts";
import { append, DAY_MS, type House, MINUTE_MS, openHouse, POWER, T0 } from "./house.ts";

const BOT = "123:SECRET-OF-THE-BOT";
const FILE_RULE: StaleRule = {
  id: "kyz-silent",
  name: "KYZ silent",
  severity: "critical",
  channels: [],
  enabled: true,
  kind: "stale",
  source: "kyz",
};
const HOT = { id: "too-much", name: "Too much", kind: "threshold", series: POWER, above: 100, hysteresis: 5, channels: ["phone"] };

let house: House;
let alerts: Alerts;
let telegram: FakeHttpServer;
beforeEach(async () => {
  telegram = await FakeHttpServer.start();
  telegram.say(200, '{"ok":true}');
  house = await openHouse({ loopbackOpen: false }, {}, async (store, nowMs) => {
    const channels = [telegramChannel({ name: "phone", botToken: BOT, chatId: "12", apiUrl: telegram.url })];
    const builtIn = builtInRules({ channels: ["phone"], readingsPerHour: 300, backupJob: "backup" });
    alerts = await openAlerts({
      store,
      channels,
      rules: [
        ...builtIn.map((rule) => ({ rule, from: "built-in" as const })),
        { rule: FILE_RULE, from: "file", declared: { file: "wattkeep.yaml", line: 7 } },
      ],
      views: {
        store,
        sources: () => [{ name: "kyz", title: "KYZ meter", isFolder: false }],
        heardMs: () => undefined,
        homes: () => [],
        plants: () => [],
        jobs: async () => [{ name: "backup", title: "Back up the store", last: { failed: false, sentence: "Done.", endedMs: T0 } }],
        nowMs,
        startedMs: T0,
      },
      pageAt: () => undefined,
      checkMs: 15_000,
      nowMs,
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      random: () => 0.5,
      logger: { warn: (about, message) => void house.logs.push(`${message} ${JSON.stringify(about)}`) },
    });
    return { alerts: alerts.desk };
  });
  for (const role of ["viewer", "operator"] as const) tokens[role] = await tokenOf(role);
});
afterEach(async () => {
  await alerts.close();
  await house.close();
  await telegram.stop();
});

const tokens: Partial<Record<Role, string>> = {};
async function tokenOf(role: Role): Promise<string> {
  const { secret, token } = makeToken({ name: role, role }, T0, randomBytes);
  await house.store.saveToken(token);
  return secret;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";
async function ask(method: Method, path: string, { body, role = "operator" }: { body?: object; role?: "viewer" | "operator" } = {}) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1/alerts${path}`,
    headers: { host: "localhost", authorization: `Bearer ${tokens[role]}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, json: () => answer.json(), text: answer.body };
}

/** Power as the meter says it a minute later, and a look at it. */
async function say(kw: number): Promise<void> {
  house.nowMs += MINUTE_MS;
  await append(house, 1, { tMs: [house.nowMs], value: [kw] });
  await alerts.look();
}

describe("rules", () => {
  test("those built in, of the file and of pages are told apart, each in words", async () => {
    await ask("PUT", "/rules/too-much", { body: HOT });
    const { rules, channels } = alertRulesSchema.parse((await ask("GET", "/rules", { role: "viewer" })).json());
    expect(rules.map(({ rule, from, declared, sentence }) => [rule.id, from, declared?.line, sentence])).toEqual([
      ["source-silent", "built-in", undefined, "when any source says nothing for six times what is usual for it, 10 minutes at least"],
      ["readings-thin", "built-in", undefined, expect.stringMatching(/^when fewer than 300 readings/)],
      ["backup-failed", "built-in", undefined, 'when the job "Back up the store" fails'],
      ["meter-leaks", "built-in", undefined, "when a meter of water or gas does not rest for an hour in a day"],
      ["meter-implausible", "built-in", undefined, "when a reading of a meter cannot be right"],
      ["meter-due", "built-in", undefined, "when a meter should be read"],
      ["calibration-ends", "built-in", undefined, "when the calibration of a meter ends within 365 days"],
      ["kyz-silent", "file", 7, "when KYZ meter says nothing for six times what is usual for it, 10 minutes at least"],
      ["too-much", "page", undefined, "when Main electricity: Power is above 100 kW"],
    ]);
    // Whom a channel reaches is nothing for a wall display.
    expect(channels).toMatchObject([{ name: "phone", kind: "telegram", target: "telegram" }]);
    expect((await ask("GET", "/rules")).json().channels).toMatchObject([{ target: "chat 12" }]);
  });

  test("one of a page is made, looks at once, is changed and taken away, and comes back as it was", async () => {
    await append(house, 1, { tMs: [house.nowMs], value: [120] });
    const made = await ask("PUT", "/rules/too-much", { body: HOT });
    expect(made.status).toBe(200);
    expect(ruleInfoSchema.parse(made.json())).toMatchObject({
      from: "page",
      standing: [{ subject: POWER, standing: "firing", value: 120, unit: "kW" }],
    });
    await ask("PUT", "/rules/too-much", { body: { ...HOT, name: "Far too much", above: 200 } });
    const removed = await ask("DELETE", "/rules/too-much");
    expect(removed.json()).toMatchObject({ rule: { name: "Far too much", above: 200 } });
    expect((await ask("DELETE", "/rules/too-much")).json()).toMatchObject({ error: { code: "unknown-rule" } });
    const again = await ask("PUT", "/rules/too-much", { body: removed.json().rule });
    expect(again.json()).toMatchObject({ rule: { name: "Far too much" } });
  });

  test("those of the file and those built in are changed elsewhere", async () => {
    const ofFile = await ask("PUT", "/rules/kyz-silent", { body: { ...HOT, id: "kyz-silent" } });
    expect([ofFile.status, ofFile.json().error]).toEqual([
      409,
      { code: "declared-in-file", sentence: "The rule kyz-silent is written in wattkeep.yaml, line 7: change it there." },
    ]);
    expect((await ask("DELETE", "/rules/source-silent")).json()).toMatchObject({ error: { code: "built-in-rule" } });
  });

  test.each([
    [{ ...HOT, above: undefined }, "bad-request"],
    [{ ...HOT, above: 5, below: 9 }, "bad-request"],
    [{ ...HOT, id: "other" }, "bad-request"],
    [{ ...HOT, kind: "anomaly" }, "bad-request"],
    [{ ...HOT, channels: ["fax"] }, "unknown-channel"],
  ])("a rule that makes no sense is refused in words: %j", async (body, code) => {
    const answer = await ask("PUT", "/rules/too-much", { body });
    expect(answer.json()).toMatchObject({ error: { code } });
    expect((await house.store.alertMemory()).rules).toEqual([]);
  });

  test("a rule is muted for a while, and not any more", async () => {
    const untilMs = house.nowMs + MINUTE_MS;
    expect((await ask("POST", "/rules/source-silent/mute", { body: { untilMs } })).json()).toMatchObject({ mutedUntilMs: untilMs });
    expect((await ask("POST", "/rules/source-silent/mute", { body: { untilMs: null } })).json()).toMatchObject({ mutedUntilMs: null });
    expect((await ask("POST", "/rules/nobody/mute", { body: { untilMs } })).status).toBe(404);
  });
});

describe("alerts", () => {
  test("those that last and those that are over, page by page", async () => {
    await ask("PUT", "/rules/too-much", { body: HOT });
    for (const kw of [120, 20, 130, 20, 140]) await say(kw);
    const first = alertsSchema.parse((await ask("GET", "?limit=1", { role: "viewer" })).json());
    expect(first.active).toMatchObject([
      { rule: "too-much", value: 140, clearedMs: null, link: `/explorer?series=${encodeURIComponent(POWER)}` },
    ]);
    expect(first.history).toMatchObject([{ value: 130 }]);
    const second = alertsSchema.parse((await ask("GET", `?limit=1&before=${first.beforeId}`)).json());
    expect(second.history).toMatchObject([{ value: 120 }]);
    expect(second.beforeId).toBeNull();
  });

  test("one is acknowledged with a name, and that is taken back", async () => {
    await ask("PUT", "/rules/too-much", { body: HOT });
    await say(120);
    const id = (await house.store.alerts())[0]?.id;
    const known = await ask("POST", `/${id}/acknowledge`);
    expect(alertSchema.parse(known.json()).acknowledged).toEqual({ who: "operator (token)", atMs: house.nowMs });
    expect((await ask("DELETE", `/${id}/acknowledge`)).json()).toMatchObject({ acknowledged: null });
    expect((await ask("POST", "/999/acknowledge")).json()).toMatchObject({ error: { code: "unknown-alert" } });
  });

  test("a source that never spoke is no alert; one that spoke is missed", async () => {
    house.nowMs = T0 + DAY_MS;
    await alerts.look();
    expect((await ask("GET", "")).json().active).toEqual([]);
    const rows = Array.from({ length: 40 }, (_, i) => house.nowMs - (60 - i) * MINUTE_MS);
    await append(house, 1, { tMs: rows, value: rows.map(() => 5) });
    await alerts.look();
    // It has a rule for itself: the built-in one leaves it alone.
    expect((await ask("GET", "")).json().active.map(({ rule, title }: { rule: string; title: string }) => [rule, title])).toEqual([
      ["kyz-silent", "KYZ meter has been silent for 21 minutes"],
    ]);
  });
});

describe("the test of a channel", () => {
  test("sends a real message and says so", async () => {
    const answer = await ask("POST", "/channels/phone/test");
    expect(channelTestSchema.parse(answer.json())).toEqual({ sent: true, sentence: "chat 12 took the message. Look whether it arrived." });
    expect(telegram.asked[0]?.body).toContain("A test from Wattkeep");
    expect((await ask("POST", "/channels/fax/test")).json()).toMatchObject({ error: { code: "unknown-channel" } });
  });

  test("says in words why it was not sent, here and at the channel", async () => {
    telegram.say(401, '{"ok":false}');
    const answer = await ask("POST", "/channels/phone/test");
    expect(answer.json()).toEqual({ sent: false, sentence: expect.stringMatching(/the token is wrong/) });
    expect((await ask("GET", "/rules")).json().channels).toMatchObject([
      { works: false, problem: expect.stringMatching(/token is wrong/) },
    ]);
  });
});

test("why a message did not arrive names servers and people, and is told to operators alone", async () => {
  telegram.say(403, '{"ok":false,"description":"bot was kicked from Ada\'s chat"}');
  await ask("PUT", "/rules/too-much", { body: HOT });
  await say(120);
  await expect.poll(async () => (await house.store.alertDeliveries())[0]?.tries).toBe(1);
  const problem = async (role: "viewer" | "operator") => (await ask("GET", "", { role })).json().active[0].deliveries[0].problem;
  expect(await problem("operator")).toContain("Ada");
  expect(await problem("viewer")).toBe("It does not work.");
});

test("viewers look and change nothing; nobody else is let in", async () => {
  const asks: [Method, string, object | undefined][] = [
    ["POST", "/1/acknowledge", undefined],
    ["DELETE", "/1/acknowledge", undefined],
    ["PUT", "/rules/too-much", HOT],
    ["DELETE", "/rules/too-much", undefined],
    ["POST", "/rules/source-silent/mute", { untilMs: null }],
    ["POST", "/channels/phone/test", undefined],
  ];
  for (const [method, path, body] of asks)
    expect([path, (await ask(method, path, { role: "viewer", ...(body === undefined ? {} : { body }) })).status]).toEqual([path, 403]);
  const stranger = await house.app.inject({ url: "/api/v1/alerts", headers: { host: "localhost" } });
  expect(stranger.statusCode).toBe(401);
  expect(telegram.asked).toEqual([]);
});

test("a wrong token is said at the start, in the log and on the page, and never itself", async () => {
  telegram.say(401, '{"ok":false,"description":"Unauthorized"}');
  await ask("PUT", "/rules/too-much", { body: HOT });
  await append(house, 1, { tMs: [house.nowMs], value: [120] });
  alerts.begin();
  for (let i = 0; i < 2_000 && telegram.asked.length < 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  await alerts.close();
  const outputs = [...house.logs];
  for (const path of ["", "/rules"]) outputs.push((await ask("GET", path)).text);
  outputs.push(JSON.stringify(await house.store.alertDeliveries()));
  expect(house.logs.join("\n")).toMatch(/Alerts cannot be sent to chat 12: Telegram does not know this bot/);
  expect(outputs.length).toBeGreaterThan(3);
  expect(outputs.join("\n")).not.toMatch(/SECRET/);
});
