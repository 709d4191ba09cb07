import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { FakeStation } from "#test/fakes/niagara-station.ts";
import type { NiagaraPull } from "./niagara-pull.ts";
import { Turns } from "./pace.ts";
import { pullAnalytics } from "./pull-analytics.ts";
import { pullServlet } from "./pull-servlet.ts";

const NOW = Date.UTC(2025, 10, 23, 18);

let station: FakeStation;
let world: PullWorld;

beforeEach(async () => {
  station = await FakeStation.start();
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(async () => {
  await world.end();
  await station.stop();
});

function pull(path: string, more: Partial<NiagaraPull> = {}): NiagaraPull {
  const { user: username, password, url } = station;
  return {
    source: aPulledSource("depot"),
    access: { url: `${url}${path}`, username, password, trust: { pinFirst: true }, timeoutMs: 5_000 },
    station: "Depot",
    zone: zoneNamed("America/Phoenix"),
    units: { temperature: "°F" },
    turns: new Turns(),
    ...more,
  };
}

describe("a servlet with histories", () => {
  const servlet = (more: Partial<NiagaraPull> = {}) => pullServlet(pull("/niagaraCopilot", more), world.running(), world);

  test("answers with one frame or several, in the shape of frames over MQTT", async () => {
    const historyData = [
      { timestamp: "2025-11-23 10:00:00-0700", value: 71.5, status: "{ok}" },
      { timestamp: "2025-11-23 10:05:00", value: 72 },
      { timestamp: "2025-11-23 10:05:00", value: 73 },
      { timestamp: "soon", value: 72 },
    ];
    station.servlet = [
      { messageType: "history", stationName: "Depot", historyId: "/Depot/Vav1$20Space$20Temp", historyData },
      { messageType: "history", historyId: "Fan", historyData: [{ timestamp: "2025-11-23 10:00:00-0700", value: "On" }] },
    ];
    expect(await servlet()).toMatchObject({ counts: { histories: 2, new: 3, rejected: 1 } });
    expect(await world.held()).toEqual({
      "house/fan/state@depot": [[Date.UTC(2025, 10, 23, 17), 1]],
      "house/vav-1-space-temp/temperature@depot": [
        [Date.UTC(2025, 10, 23, 17), 71.5],
        [Date.UTC(2025, 10, 23, 17, 5), 73],
      ],
    });
    expect(await servlet()).toMatchObject({ counts: { new: 0, same: 3, rejected: 0 } });
  });

  test.each([
    ["nothing of histories", { hello: 1 }, "answers without historyData"],
    ["an empty list", [], "answers without historyData"],
  ])("that answers with %s is told", async (_what, body, sentence) => {
    station.servlet = body;
    await expect(servlet()).rejects.toThrow(sentence);
  });

  test("that answers with a page is told", async () => {
    station.instead.push((_, reply) => void reply.end("<html>"));
    await expect(servlet()).rejects.toThrow("does not answer with JSON");
  });
});

describe("nodes of the Analytics Web API", () => {
  const analytics = (nodes: readonly string[]) => pullAnalytics({ ...pull("/na"), nodes }, world.running(), world);

  test("are described, and what has no value is asked for", async () => {
    station.analytics = (request) => {
      if (request["message"] === "GetNode")
        return {
          ...request,
          name: "Space Temp",
          data: [
            { data: "slot:out", name: "Out", type: "numeric", hasTrend: false, unit: { name: "fahrenheit", symbol: "°F" } },
            { data: "slot:facets", name: "Facets", type: "baja:Facets" },
          ],
        };
      return { ...request, value: 71.25, status: "{ok}" };
    };
    expect(await analytics(["slot:/Vav1/Space$20Temp"])).toMatchObject({ sentence: "1 node, 1 value new." });
    expect(await world.held()).toEqual({ "house/vav-1-space-temp/temperature@depot": [[NOW, 71.25]] });
    expect(station.asked.map(({ body }) => JSON.parse(body))).toEqual([
      { requests: [{ message: "GetNode", node: "slot:/Vav1/Space$20Temp" }] },
      { requests: [{ message: "GetValue", node: "slot:/Vav1/Space$20Temp", data: "slot:out" }] },
    ]);
  });

  test("that tell their values at once are not asked twice; several things of one node are told apart", async () => {
    station.analytics = (request) => ({
      ...request,
      data: [
        {
          data: "slot:flow",
          type: "numeric",
          value: { value: "310", status: "{overridden}", timestamp: "2025-11-23T17:00:00Z" },
          unit: { symbol: "cfm" },
        },
        { data: "slot:fan", type: "boolean", value: true },
        { data: "slot:mode", type: "enum", value: "occupied" },
        { data: "slot:broken", type: "numeric", value: "much" },
      ],
    });
    expect(await analytics(["slot:/Vav1"])).toMatchObject({ counts: { new: 3, rejected: 1 } });
    expect(station.asked).toHaveLength(1);
    const held = await world.held();
    expect(Object.keys(held)).toEqual(["house/vav-1-fan/state@depot", "house/vav-1-flow/value@depot", "house/vav-1-mode/state@depot"]);
    expect(held["house/vav-1-flow/value@depot"]).toEqual([[Date.UTC(2025, 10, 23, 17), 310]]);
  });

  test("that the station does not know are told, and the others are taken", async () => {
    station.analytics = (request) => (request["node"] === "slot:/None" ? { ...request, error: "Unresolved" } : { ...request, value: 1 });
    expect(await analytics(["slot:/None", "slot:/Vav1"])).toMatchObject({ failed: true, counts: { new: 1, failed: 1 } });
    expect(world.notes.join("\n")).toContain('slot:/None: the station says "Unresolved".');
  });

  test.each([
    ["has no such address", 404, "", "has no Analytics Web API at /na"],
    ["answers with a page", 200, "<html>", "Analytics Web API"],
    ["answers with something else", 200, "{}", "no list of responses"],
    ["answers less than was asked", 200, '{"responses":[]}', "answers 0 of 1 messages"],
  ])("of a station that %s end the run with a sentence", async (_what, status, body, sentence) => {
    station.instead.push((_, reply) => void reply.writeHead(status).end(body));
    await expect(analytics(["slot:/Vav1"])).rejects.toThrow(sentence);
  });
});
