import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PullProblem } from "#intake/pull/pull-problem.ts";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { FakeStation, type StationRecord } from "#test/fakes/niagara-station.ts";
import { Turns } from "./pace.ts";
import { type ObixPull, pullObix } from "./pull-obix.ts";

const NOW = Date.UTC(2025, 10, 23, 18);
const MINUTE_MS = 60_000;
const START = Date.UTC(2025, 10, 23, 6);
const NAME = "Vav1$2d01$20Space$20Temp";
const KEY = "house/vav-1-01-space-temp/temperature@depot";

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

function pull(more: Partial<ObixPull> = {}): ObixPull {
  const { user: username, password, url } = station;
  return {
    source: aPulledSource("depot"),
    access: { url, username, password, trust: { pinFirst: true }, timeoutMs: 5_000 },
    station: "Depot",
    zone: undefined,
    units: {},
    operation: "auto",
    limit: 1_000,
    turns: new Turns(),
    ...more,
  };
}

const run = (given = pull(), more: Parameters<PullWorld["running"]>[0] = {}) => pullObix(given, world.running(more), world);
const failure = (given = pull()): Promise<PullProblem> =>
  run(given).then(
    (outcome) => {
      throw new Error(outcome.sentence);
    },
    (error: unknown) => error as PullProblem,
  );
const records = (count: number, from = START): StationRecord[] =>
  Array.from({ length: count }, (_, i) => ({ tMs: from + i * 5 * MINUTE_MS, value: String(70 + i / 4) }));
const questions = (): string[] => station.paths.filter((path) => path.includes("historyQuery"));

describe("histories over oBIX", () => {
  test("are those the station lists, with numbers, words, statuses and units as it tells them", async () => {
    station.histories.set(NAME, [...records(2), { tMs: START + 60 * MINUTE_MS, value: "71", status: "down" }]);
    station.units.set(NAME, "obix:units/fahrenheit");
    station.histories.set("Fan Status", [{ tMs: START, value: "true", type: "bool" }]);
    expect(await run()).toMatchObject({ sentence: "2 histories, 4 values new.", counts: { histories: 2, new: 4 } });
    const { series, points, codes } = await world.store.registry();
    expect(series.map(({ key, unit }) => [key, unit]).sort()).toEqual([
      ["house/fan-status/state@depot", "text"],
      [KEY, "°F"],
    ]);
    expect(points.find(({ id }) => id === "vav-1-01-space-temp")?.about).toEqual({ station: "Depot", path: "Vav1-01 Space Temp" });
    expect(codes.map(({ text }) => text).sort()).toEqual(["down", "true"]);
  });

  test("come in pages, each record once", async () => {
    station.histories.set(NAME, records(25));
    expect(await run(pull({ limit: 10 }))).toMatchObject({ counts: { rows: 25, new: 25, same: 0 } });
    expect(questions()).toHaveLength(3);
    expect((await world.held())[KEY]).toHaveLength(25);
  });

  test("go on where they ended", async () => {
    station.histories.set(NAME, records(25));
    await run();
    await run();
    station.histories.set(NAME, records(27));
    expect(await run()).toMatchObject({ counts: { new: 2, same: 1 } });
    expect(questions().at(-1)).toContain(`start=${new Date(START + 24 * 5 * MINUTE_MS).toISOString()}`);
  });

  test("that rolled over before they were read are told", async () => {
    station.histories.set(NAME, records(5));
    await run();
    station.histories.set(NAME, records(5, START + 600 * MINUTE_MS));
    await run();
    expect(world.notes.join("\n")).toContain("rolled over before it was read");
  });

  test("that are chosen are asked for without a list", async () => {
    station.histories.set(NAME, records(2));
    station.histories.set("Other", records(2));
    expect(await run(pull({ histories: [NAME] }))).toMatchObject({ counts: { histories: 1, new: 2 } });
    expect(station.asked).toHaveLength(1);
  });

  test("are asked for by the other path where the station does not know the standard's", async () => {
    station.knowsTilde = false;
    station.histories.set(NAME, records(3));
    station.histories.set("Other", records(3));
    expect(await run()).toMatchObject({ counts: { new: 6 } });
    expect(questions().map((path) => (path.includes("~") ? "tilde" : "dash"))).toEqual(["tilde", "dash", "dash"]);
    expect(await run(pull({ operation: "dash" }))).toMatchObject({ counts: { new: 0 } });
    const outcome = await run(pull({ operation: "tilde" }));
    expect(outcome).toMatchObject({ failed: true, counts: { failed: 2 } });
  });

  test("of a station that ignores where to begin and how many are not asked for without end", async () => {
    station.histories.set(NAME, records(30));
    const answer = `<obj is="obix:HistoryQueryOut"><list name="data">${records(30)
      .map(({ tMs, value }) => `<obj><abstime val="${new Date(tMs).toISOString()}"/><real val="${value}"/></obj>`)
      .join("")}</list></obj>`;
    station.answers.set(`/obix/histories/Depot/${NAME}/~historyQuery`, (_, reply) => void reply.end(answer));
    expect(await run(pull({ limit: 10 }))).toMatchObject({ counts: { new: 30 } });
    expect(questions()).toHaveLength(2);
  });
});

describe("what oBIX refuses", () => {
  test("with status 200 is an error of that history, and the others are taken", async () => {
    station.histories.set(NAME, records(2));
    expect(await run(pull({ histories: ["none", NAME] }))).toMatchObject({ failed: true, counts: { new: 2, failed: 1 } });
    expect(world.notes.join("\n")).toContain('none: The station answers with an error: "Bad URI: none".');
  });

  test("is told without the password, though the station repeats it", async () => {
    const login = Buffer.from(`${station.user}:${station.password}`).toString("base64");
    const repeat = `<err is="obix:PermissionErr" display="${station.password} ${login.slice(0, 40)}"/>`;
    station.instead.push((_, reply) => void reply.end(repeat));
    expect((await failure()).message).toContain("[secret]");
    station.instead.push((_, reply) => void reply.end(repeat));
    await run(pull({ histories: [NAME] }));
    expect(world.notes.join("\n")).toContain("[secret]");
    expect(world.notes.join("\n")).not.toContain(station.password);
  });

  test("by a reference that means nothing costs that history alone", async () => {
    station.histories.set(NAME, records(2));
    const refs = `<ref href="https://evil.example/%E0%A4%A/"/><ref href="http://[/"/><ref href="https://evil.example/x/"/><ref name="${NAME}" href="${NAME}/"/>`;
    station.instead.push((_, reply) => void reply.end(`<obj>${refs}</obj>`));
    expect(await run()).toMatchObject({ counts: { new: 2 } });
  });

  test.each([
    [410, "", "obix-disabled", "oBIX is switched off"],
    [403, "Unlicensed oBIX Server", "forbidden", "has no licence for oBIX"],
    [403, "Forbidden", "forbidden", "does not let the user use oBIX"],
    [404, "<html/>", "no-histories", "lists no histories of Depot"],
    [200, "<html>Sign in</html>", "no-histories", "lists no histories of Depot"],
    [200, "Please wait", "not-xml", "The answer is not XML"],
    [500, "oh", "refused", "answers with status 500"],
    [200, '<!DOCTYPE a [<!ENTITY a "b">]><obj/>', "xml-entities", "declares names of its own"],
  ])("with status %d and %s is told", async (status, body, code, sentence) => {
    station.instead.push((_, reply) => void reply.writeHead(status).end(body));
    expect(await failure()).toMatchObject({ code, message: expect.stringContaining(sentence) });
  });

  test("half an answer is none: nothing of it is stored, and it is tried again", async () => {
    station.histories.set(NAME, records(2));
    const half = `<obj is="obix:HistoryQueryOut"><list name="data"><obj><abstime val="2025-11-23T06:00:00Z"/><real val="1"/></obj>`;
    station.answers.set(`/obix/histories/Depot/${NAME}/~historyQuery`, (_, reply) => void reply.end(half));
    expect(await run()).toMatchObject({ failed: true, counts: { new: 0, failed: 1 } });
    expect(await world.held()).toEqual({});
  });
});
