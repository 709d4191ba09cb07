import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeToken } from "#api/tokens.ts";
import { sessionSchema, tokensSchema } from "#contract/access.ts";
import { editsSchema } from "#contract/edits.ts";
import { aliveSchema, healthSchema } from "#contract/health.ts";
import { columnsSchema, latestSchema, pointsSchema, seriesListSchema, sitesSchema } from "#contract/series.ts";
import { ledgerSchema, rejectsSchema, sourcesSchema } from "#contract/sources.ts";
import { append, get, HOUR_MS, type House, MINUTE_MS, openHouse, POWER, T0 } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { sourceRates: () => new Map([["kyz", { perMinute: 4, lastMs: T0, qos0Share: 0.5 }]]) });
  await house.store.register({
    devices: [{ source: "kyz", id: "meter", serial: "1EMH00", firstSeenMs: T0 }],
    assignments: [{ source: "kyz", device: "meter", site: "plant", point: "main", fromMs: T0 }],
  });
  const tMs = Array.from({ length: 100 }, (_, i) => T0 + i * MINUTE_MS);
  for (const id of [1, 2, 4])
    await append(house, id, { tMs, value: tMs.map((_, i) => (i % 10 === 9 ? Number.NaN : i)), code: tMs.map(() => 0) });
  await append(house, 3, { tMs, value: tMs.map((_, i) => (i % 2) + 1) });
  const body = Buffer.from("d=abc\u0000\u001b[31m");
  await house.store.append({
    receivedMs: T0,
    samples: {
      seriesId: new Int32Array(),
      tMs: new Float64Array(),
      value: new Float64Array(),
      quality: new Uint16Array(),
      code: new Uint16Array(),
    },
    rejects: [
      {
        source: "kyz",
        topic: "kyz/<b>",
        code: "not-a-number",
        sentence: "d is no number.",
        body,
        bodyBytes: body.length,
        receivedMs: T0,
        decoder: "kyz 1",
      },
    ],
    messages: [{ source: "kyz", withItems: 1, without: { retained: 1 } }],
  });
  await house.store.saveToken(makeToken({ name: "wall", role: "viewer", days: 3 }, T0, randomBytes).token);
  await house.store.register({
    facts: [{ site: "plant", point: "main", name: "name", value: "Mains", fromMs: T0, who: "Ada", madeMs: T0 }],
  });
});
afterAll(() => house.close());

// The server does not check its own answers while it runs, so every field of every answer is checked here.
test.each([
  ["/healthz", aliveSchema],
  ["/api/v1/health", healthSchema],
  ["/api/v1/session", sessionSchema],
  ["/api/v1/sites", sitesSchema],
  ["/api/v1/points", pointsSchema],
  ["/api/v1/series", seriesListSchema],
  ["/api/v1/latest", latestSchema],
  [
    `/api/v1/columns?series=${POWER}&series=plant/main/energy-import@kyz&series=plant/ahu/state@bms&from=${T0}&to=${T0 + 2 * HOUR_MS}`,
    columnsSchema,
  ],
  [
    `/api/v1/columns?series=${POWER}&series=plant/main/energy-import@kyz&series=plant/ahu/state@bms&from=${T0}&to=${T0 + 2 * HOUR_MS}&points=9`,
    columnsSchema,
  ],
  ["/api/v1/sources", sourcesSchema],
  ["/api/v1/ledger", ledgerSchema],
  ["/api/v1/rejects?open=true", rejectsSchema],
  ["/api/v1/tokens", tokensSchema],
  ["/api/v1/edits", editsSchema],
])("%s answers what the contract says, no field more and none less", async (url, schema) => {
  const answer = await get(house, url);
  expect(answer.status).toBe(200);
  expect(schema.parse(answer.json())).toEqual(answer.json());
});

test("a device is shown with its serial, and a sender at QoS 0 is not called guaranteed", async () => {
  const { series } = (await get(house, "/api/v1/series?q=1emh00+power")).json();
  expect(series).toHaveLength(1);
  expect(series[0]).toMatchObject({
    key: POWER,
    pointName: "Mains",
    serial: "1EMH00",
    guaranteed: false,
    primary: true,
    everyMs: MINUTE_MS,
    count: 100,
  });
  const { sources } = (await get(house, "/api/v1/sources")).json();
  expect(sources[0]).toMatchObject({ qos0Share: 0.5, devices: [{ id: "meter", points: ["plant/main"], lastMs: T0 + 99 * MINUTE_MS }] });
});

test("a reject is shown as text that cannot steer a terminal", async () => {
  const { rejects } = (await get(house, "/api/v1/rejects")).json();
  expect(rejects[0]).toMatchObject({ topic: "kyz/<b>", text: "d=abc\\u0000\\u001b[31m", bodyBytes: 11, count: 1 });
  expect((await get(house, "/api/v1/health")).json().rejectsOpen).toBe(1);
});

test("metrics are the same figures for Prometheus", async () => {
  const { text } = await get(house, "/metrics");
  expect(text).toContain('wattkeep_items_total{source="kyz",outcome="rejected"} 1\n');
  expect(text).toContain('wattkeep_ledger_balance{source="kyz",sum="items"} 0\n');
  expect(text).toContain('wattkeep_messages_total{source="kyz",what="retained"} 1\n');
  expect(text).toContain("wattkeep_live_clients 0\n");
});
