import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { ApiConfig } from "#api/deps.ts";
import { makeToken } from "#api/tokens.ts";
import { append, ENERGY, type House, openHouse, POWER, ROOM, SERIES, T0 } from "./house.ts";
import { connectLive } from "./socket.ts";

let house: House;
afterEach(() => house.close());

const open = async (config: Partial<ApiConfig> = {}): Promise<void> => {
  house = await openHouse({ live: { batchMs: 20 }, ...config });
  await house.app.listen({ port: 0, host: "127.0.0.1" });
};

const value = (key: string, tMs: number, number: number) => ({ key, tMs, value: number, quality: 0 });
const NUDGE = 10;

describe("who may listen", () => {
  test("a page of ours and a script may, a page of another site may not", async () => {
    await open();
    const { port } = house.app.server.address() as AddressInfo;
    const status = async (headers: Record<string, string>) => {
      const reader = await connectLive(house, headers);
      reader.end();
      return reader.status;
    };
    expect(await status({})).toBe(101);
    expect(await status({ Origin: `http://localhost:${port}` })).toBe(101);
    expect(await status({ Origin: "https://evil.example" })).toBe(403);
    expect(await status({ Host: "evil.example" })).toBe(403);
    expect(await status({ Authorization: "Bearer wk_wrong" })).toBe(401);
  });

  test("without a token nobody may, and a cookie counts only with the origin a browser names", async () => {
    await open({ loopbackOpen: false });
    const { port } = house.app.server.address() as AddressInfo;
    const { secret, token } = makeToken({ name: "page", role: "viewer" }, house.nowMs, randomBytes);
    await house.store.saveToken(token);
    const origin = `http://localhost:${port}`;
    const signIn = await house.app.inject({
      method: "POST",
      url: "/api/v1/session",
      headers: { host: `localhost:${port}`, origin, "content-type": "application/json" },
      payload: { token: secret },
    });
    const Cookie = String(signIn.headers["set-cookie"]).split(";", 1)[0] as string;
    const status = async (headers: Record<string, string>) => {
      const reader = await connectLive(house, headers);
      reader.end();
      return reader.status;
    };
    expect(await status({})).toBe(401);
    expect(await status({ Authorization: `Bearer ${secret}` })).toBe(101);
    expect(await status({ Cookie, Origin: origin })).toBe(101);
    expect(await status({ Cookie })).toBe(401);
  });

  test("there is room for so many and no more", async () => {
    await open({ live: { batchMs: 20, clients: 2 } });
    const readers = [await connectLive(house), await connectLive(house), await connectLive(house)];
    expect(readers.map((reader) => reader.status)).toEqual([101, 101, 503]);
    for (const reader of readers) reader.end();
  });

  test("who loses the token is sent away", async () => {
    await open({ loopbackOpen: true });
    const { secret, token } = makeToken({ name: "wall", role: "viewer" }, house.nowMs, randomBytes);
    await house.store.saveToken(token);
    const reader = await connectLive(house, { Authorization: `Bearer ${secret}` });
    await house.app.inject({ method: "DELETE", url: `/api/v1/tokens/${token.id}`, headers: { host: "localhost" } });
    await reader.untilGone();
    expect(reader.closedWith).toBe(1008);
  });

  test("who does not answer a ping is taken for gone", async () => {
    await open({ live: { batchMs: 20, heartbeatMs: 50 } });
    const reader = await connectLive(house);
    reader.stopAnsweringPings();
    await reader.untilGone();
    expect(reader.gone).toBe(true);
  });
});

describe("what is heard", () => {
  test("the newest values at once, then every value as it is committed, in order", async () => {
    await open();
    await append(house, 1, { tMs: [T0, T0 + 1_000], value: [1, 2] });
    await append(house, 4, { tMs: [T0], value: [20] });
    const reader = await connectLive(house);
    reader.say({ type: "subscribe", series: [POWER, "not/a/series@here"] });
    expect((await reader.next("snapshot")).values).toEqual([value(POWER, T0 + 1_000, 2)]);
    house.commit({ values: [value(POWER, T0 + 2_000, 3), value(ROOM, T0 + 2_000, 21)] });
    house.commit({ values: [value(POWER, T0 + 3_000, 4)] });
    const heard = (await reader.next("values")).values.slice();
    if (heard.length < 2) heard.push(...(await reader.next("values")).values);
    expect(heard).toEqual([value(POWER, T0 + 2_000, 3), value(POWER, T0 + 3_000, 4)]);
    reader.end();
  });

  test("everything, or everything of one site, with series that are new and pasts that changed", async () => {
    await open();
    await append(house, 1, { tMs: [T0], value: [1] });
    await append(house, 4, { tMs: [T0], value: [20] });
    const all = await connectLive(house);
    const tower = await connectLive(house);
    all.say({ type: "subscribe-all" });
    tower.say({ type: "subscribe-all", site: "tower" });
    expect((await all.next("snapshot")).values.map((one) => one.key)).toEqual([POWER, ROOM]);
    expect((await tower.next("snapshot")).values.map((one) => one.key)).toEqual([ROOM]);
    house.commit({
      values: [value(POWER, T0 + 1, 2), value("tower/new/power@x", T0 + 1, 5)],
      newSeries: ["tower/new/power@x"],
      changed: [
        { key: POWER, fromMs: T0 - 5_000, toMs: T0 - 4_000 },
        { key: POWER, fromMs: T0 - 9_000, toMs: T0 - 8_000 },
      ],
    });
    expect(await all.next("changed")).toEqual({ type: "changed", series: [POWER], fromMs: T0 - 9_000, toMs: T0 - 4_000 });
    expect(await tower.next("new-series")).toEqual({ type: "new-series", series: ["tower/new/power@x"] });
    expect((await tower.next("values")).values).toEqual([value("tower/new/power@x", T0 + 1, 5)]);
    expect(tower.heard).toEqual([]);
    all.end();
    tower.end();
  });

  test("a newer subscription replaces the former", async () => {
    await open();
    await append(house, 1, { tMs: [T0], value: [1] });
    await append(house, 2, { tMs: [T0], value: [2] });
    const reader = await connectLive(house);
    reader.say({ type: "subscribe", series: [POWER] });
    await reader.next("snapshot");
    reader.say({ type: "subscribe", series: [ENERGY] });
    expect((await reader.next("snapshot")).values.map((one) => one.key)).toEqual([ENERGY]);
    house.commit({ values: [value(POWER, T0 + 1, 9), value(ENERGY, T0 + 1, 3)] });
    expect((await reader.next("values")).values).toEqual([value(ENERGY, T0 + 1, 3)]);
    reader.end();
  });

  test("a ping is answered, nonsense is told so, and the connection stays", async () => {
    await open();
    const reader = await connectLive(house);
    for (const nonsense of ["{", '"x"', { type: "shout" }, { type: "subscribe", series: "all" }, { type: "ping", extra: 1 }]) {
      reader.say(nonsense);
      expect(await reader.next("problem")).toMatchObject({ code: "bad-request" });
    }
    reader.say({ type: "ping" });
    expect(await reader.next("pong")).toEqual({ type: "pong", nowMs: house.nowMs });
    reader.end();
  });

  test("a message larger than any page needs ends the connection", async () => {
    await open();
    const reader = await connectLive(house);
    reader.say({ type: "subscribe", series: ["x".repeat(70_000)] });
    await reader.untilGone();
    expect(reader.closedWith).toBe(1009);
  });

  test("a page that talks without end is sent away", async () => {
    await open();
    const reader = await connectLive(house);
    for (let i = 0; i < 400; i++) reader.say({ type: "ping" });
    await reader.untilGone();
    expect(reader.closedWith).toBe(1008);
  });
});

describe("a slow reader", () => {
  const text = "x".repeat(2_000);
  /** Commits until the wire is full, as a busy house does. */
  const flood = async (count: number, from: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      house.commit({
        values: Array.from({ length: 100 }, (_, row) => ({
          ...value(row % 2 === 0 ? POWER : ENERGY, T0 + from + i, from + i),
          status: text,
        })),
      });
      await new Promise((resolve) => setTimeout(resolve, NUDGE));
    }
  };

  test("is told so, hears the newest value of each series when it has caught up, and then everything again", async () => {
    await open({ live: { batchMs: 5, slowBytes: 400_000, closeBytes: 100_000_000, slowMs: 1e9 } });
    const slow = await connectLive(house);
    const quick = await connectLive(house);
    for (const reader of [slow, quick]) reader.say({ type: "subscribe-all" });
    await Promise.all([slow.next("snapshot"), quick.next("snapshot")]);
    slow.pause();
    await flood(150, 0);
    const newest = 149;
    await quick.until(() => quick.heard.some((message) => message.type === "values" && message.values.some((one) => one.value === newest)));
    slow.resume();
    await slow.next("latest-only");
    const both = (): boolean =>
      [POWER, ENERGY].every((key) =>
        slow.heard.some((message) => message.type === "values" && message.values.some((one) => one.key === key && one.value === newest)),
      );
    await slow.until(both);
    const count = (reader: typeof slow) =>
      reader.heard.reduce((sum, message) => sum + (message.type === "values" ? message.values.length : 0), 0);
    expect(count(quick)).toBe(150 * 100);
    expect(count(slow)).toBeLessThan(150 * 100);
    house.commit({ values: [value(POWER, T0 + 1e6, -1)] });
    await slow.until(() => slow.heard.some((message) => message.type === "values" && message.values.some((one) => one.value === -1)));
    slow.end();
    quick.end();
  });

  test("that stays slow is sent away, and the others hear everything", async () => {
    await open({ live: { batchMs: 5, slowBytes: 400_000, closeBytes: 100_000_000, slowMs: 1_000 } });
    const slow = await connectLive(house);
    const quick = await connectLive(house);
    for (const reader of [slow, quick]) reader.say({ type: "subscribe-all" });
    await Promise.all([slow.next("snapshot"), quick.next("snapshot")]);
    slow.pause();
    await flood(100, 0);
    house.nowMs += 2_000;
    await flood(5, 100);
    slow.resume();
    await slow.untilGone();
    expect([1013, undefined]).toContain(slow.closedWith);
    await quick.until(
      () => quick.heard.reduce((sum, message) => sum + (message.type === "values" ? message.values.length : 0), 0) === 105 * 100,
    );
    quick.end();
  });
});

test("the house closes while pages listen", async () => {
  await open();
  const reader = await connectLive(house);
  reader.say({ type: "subscribe", series: SERIES.map((series) => series.key) });
  await reader.next("snapshot");
  await house.app.close();
  await reader.untilGone();
  expect(reader.closedWith).toBe(1001);
});
