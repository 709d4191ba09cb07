import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import type { PullProblem } from "#intake/pull/pull-problem.ts";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { exportOf, FakeStation } from "#test/fakes/niagara-station.ts";
import { type SelfSigned, selfSigned } from "#test/fakes/self-signed.ts";
import { Turns } from "./pace.ts";
import { type ExportsPull, pullExports } from "./pull-exports.ts";

const NOW = Date.UTC(2025, 10, 23, 18);
const MINUTE_MS = 60_000;
const NAME = "Box4$2d02$20Space$20Temp.csv";
const KEY = "house/box-4-02-space-temp/temperature@depot";
const START = Date.UTC(2025, 10, 23, 12);

let keys: SelfSigned;
let station: FakeStation;
let world: PullWorld;

beforeEach(async () => {
  keys = selfSigned();
  station = await FakeStation.start("Depot", keys);
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(async () => {
  await world.end();
  await station.stop();
});

function pull(more: Partial<ExportsPull["access"]> = {}, also: Partial<ExportsPull> = {}): ExportsPull {
  const { user: username, password, folder: url } = station;
  return {
    source: aPulledSource("depot"),
    access: { url, username, password, trust: { pinFirst: true }, timeoutMs: 5_000, ...more },
    station: "Depot",
    zone: zoneNamed("America/Phoenix"),
    units: {},
    columns: {},
    turns: new Turns(),
    ...also,
  };
}

const run = (given = pull(), more: Parameters<PullWorld["running"]>[0] = {}) => pullExports(given, world.running(more), world);
const failure = (given = pull(), more: Parameters<PullWorld["running"]>[0] = {}): Promise<PullProblem> =>
  run(given, more).then(
    (outcome) => {
      throw new Error(outcome.sentence);
    },
    (error: unknown) => error as PullProblem,
  );
const rows = (count: number, from = START, step = 10 * MINUTE_MS): [number, number][] =>
  Array.from({ length: count }, (_, i) => [from + i * step, 70 + i / 10]);

describe("exports of a station", () => {
  test("are found on its page, read and stored under their own names", async () => {
    station.files.set(NAME, exportOf(rows(6)));
    station.files.set(
      "Box4$2d02$20Fan.csv?v=1",
      exportOf(
        [
          [START, "Off"],
          [START + MINUTE_MS, "On"],
        ],
        "Timestamp,Value",
      ),
    );
    expect(await run()).toMatchObject({
      sentence: "2 files, 2 read, 8 values new.",
      counts: { files: 2, read: 2, rows: 8, new: 8, changed: 0, same: 0, rejected: 0, failed: 0 },
    });
    const held = await world.held();
    expect(held[KEY]).toEqual(rows(6));
    expect(Object.keys(held)).toEqual(["house/box-4-02-fan/state@depot", KEY]);
    const { points } = await world.store.registry();
    expect(points.find(({ id }) => id === "box-4-02-space-temp")?.about).toEqual({ station: "Depot", path: "Box4-02 Space Temp" });
  });

  test("are not fetched again where the station says that nothing changed, and are where a person asks", async () => {
    station.files.set(NAME, exportOf(rows(6)));
    await run();
    expect(await run()).toMatchObject({ sentence: "1 file, 0 read, nothing new." });
    expect(await run(pull(), { thorough: true })).toMatchObject({ sentence: "1 file, 1 read, nothing new.", counts: { same: 6 } });
    station.files.set(NAME, exportOf(rows(8)));
    expect(await run()).toMatchObject({ counts: { new: 2, same: 6 } });
  });

  test("of a station that tells no versions are read, and only what is newer is looked at", async () => {
    station.hasVersions = false;
    const long = rows(1_000, START - 1_000 * 10 * MINUTE_MS);
    station.files.set(NAME, exportOf(long));
    await run();
    station.files.set(NAME, exportOf([...long, [START, 75]]));
    const { counts } = await run();
    // Two days of ten minutes, and the new one.
    expect(counts).toMatchObject({ new: 1, rows: 48 * 6 + 1 });
    expect((await world.held())[KEY]).toHaveLength(1_001);
  });

  test("that changed further back are found once a day", async () => {
    const long = rows(1_000, START - 1_000 * 10 * MINUTE_MS);
    station.files.set(NAME, exportOf(long));
    await run();
    station.files.set(NAME, exportOf(long.map(([tMs, value], i) => [tMs, i === 3 ? 99 : value])));
    expect(await run()).toMatchObject({ counts: { changed: 0 } });
    station.files.set(NAME, exportOf(long.map(([tMs, value], i) => [tMs, i === 3 ? 98 : value])));
    world.now += 25 * 3_600_000;
    expect(await run()).toMatchObject({ counts: { changed: 1 } });
  });

  test("whose status was mended or whose unit was changed say so once", async () => {
    const file = (unit: string, cells: readonly string[]) =>
      `Timestamp,Trend Flags,Status,Value (${unit})\n${cells.map((cell, i) => `23-Nov-25 5:0${i}:00 AM MST,{ },${cell}\n`).join("")}`;
    station.files.set(NAME, file("°F", ["{ok},50", "{ok},59"]));
    await run();
    station.files.set(NAME, file("°F", ["{ok},50", "{down},59"]));
    expect(await run()).toMatchObject({ counts: { new: 0, changed: 1, same: 1 } });
    station.files.set(NAME, file("°C", ["{ok},10", "{down},15", "{ok},20"]));
    expect(await run()).toMatchObject({ counts: { new: 1, changed: 0, same: 2, rejected: 0 } });
    expect((await world.held())[KEY]?.map(([, value]) => value)).toEqual([50, 59, 68]);
    expect(await run(pull(), { thorough: true })).toMatchObject({ counts: { new: 0, changed: 0 } });
  });

  test("that rolled over before they were read are told", async () => {
    station.files.set(NAME, exportOf(rows(6)));
    await run();
    station.files.set(NAME, exportOf(rows(6, START + 60 * MINUTE_MS)));
    await run();
    expect(world.notes.filter((note) => note.includes("rolled over"))).toEqual([]);
    station.files.set(NAME, exportOf(rows(6, START + 600 * MINUTE_MS)));
    world.now += 24 * 3_600_000;
    await run();
    expect(world.notes.filter((note) => note.includes("rolled over"))).toEqual([
      expect.stringContaining("Box 4-02 Space Temp begins at 2025-11-23T22:00:00Z, and the newest value known was of 2025-11-23T13:50:00Z"),
    ]);
  });

  test("lie in folders below as well, and never on another host", async () => {
    station.answers.set(
      `/file/Depot/historyExports/Depot/`,
      (_, reply) =>
        void reply.end(
          '<a href="day/">day</a><a href="https://elsewhere.example/a.csv">a</a><a href="../up/">up</a><A HREF=\'plain.csv\'>',
        ),
    );
    station.answers.set(
      "/file/Depot/historyExports/Depot/day/",
      (_, reply) => void reply.end('<a href="Vav1.csv">x</a><a href="deeper/">y</a>'),
    );
    station.answers.set("/file/Depot/historyExports/Depot/day/Vav1.csv", (_, reply) => void reply.end(exportOf(rows(1))));
    station.answers.set("/file/Depot/historyExports/Depot/plain.csv", (_, reply) => void reply.end(exportOf(rows(1))));
    expect(await run()).toMatchObject({ counts: { files: 2, new: 2 } });
    expect(world.notes).toContain("Files on other hosts are left alone: elsewhere.example.");
    expect(station.paths.some((path) => path.includes("deeper"))).toBe(false);
  });

  test("may be hundreds, asked for one after another", async () => {
    const page = Array.from({ length: 300 }, (_, i) => `<a href="Vav${i}.csv">Vav${i}</a>`).join("\n");
    station.answers.set("/file/Depot/historyExports/Depot/", (_, reply) => void reply.end(page));
    for (let i = 0; i < 300; i += 1)
      station.answers.set(`/file/Depot/historyExports/Depot/Vav${i}.csv`, (_, reply) => void reply.writeHead(304).end());
    expect(await run()).toMatchObject({ counts: { files: 300, failed: 0 } });
    expect([station.asked.length, station.busiest]).toEqual([301, 1]);
  });

  test("of two sources at one station are asked for one at a time", async () => {
    station.files.set(NAME, exportOf(rows(3)));
    const turns = new Turns();
    const second = pull({}, { source: aPulledSource("other"), turns });
    await Promise.all([run(pull({}, { turns })), run(second)]);
    expect(station.busiest).toBe(1);
  });
});

describe("a file that cannot be taken", () => {
  test("is told, and the others are taken", async () => {
    station.files.set("A.csv", exportOf(rows(2)));
    station.files.set("B.csv", exportOf(rows(2)));
    station.files.set("C.csv", "<html>Sign in</html>");
    station.answers.set("/file/Depot/historyExports/Depot/A.csv", (_, reply) => void reply.writeHead(500).end("Out of memory"));
    const outcome = await run();
    expect(outcome).toMatchObject({ failed: true, counts: { new: 2, failed: 1, rejected: 1 } });
    expect(world.notes.join("\n")).toContain("A.csv: 127.0.0.1");
    expect(world.notes.join("\n")).toContain("answers with status 500 where A.csv is asked for.");
    expect(world.notes.join("\n")).toContain("name no columns Timestamp and Value");
  });

  test("broken off in the middle keeps its whole rows, is told, and is taken whole by the next run", async () => {
    const whole = exportOf(rows(6));
    station.files.set(NAME, whole);
    station.answers.set(`/file/Depot/historyExports/Depot/${NAME}`, (_, reply) => {
      reply.writeHead(200, { "content-length": Buffer.byteLength(whole), etag: '"1"' });
      reply.write(whole.slice(0, 120));
      setTimeout(() => reply.destroy(), 20);
    });
    expect(await run()).toMatchObject({ failed: true });
    expect(world.notes.join("\n")).toContain("broke off in the middle of an answer");
    station.answers.clear();
    expect(await run()).toMatchObject({ counts: { failed: 0 } });
    expect((await world.held())[KEY]).toEqual(rows(6));
  });

  test("that never comes is given up after the time it has, and after three in a row so is the station", async () => {
    for (const name of ["A", "B", "C", "D"]) {
      station.files.set(`${name}.csv`, exportOf(rows(1)));
      station.answers.set(`/file/Depot/historyExports/Depot/${name}.csv`, () => undefined);
    }
    const problem = await failure(pull({ timeoutMs: 60 }));
    expect(problem.message).toBe(`127.0.0.1:${station.port} did not answer in time.`);
    expect(station.paths.some((path) => path.endsWith("D.csv"))).toBe(false);
  }, 30_000);
});

test("a station that takes the connection and says nothing is given up after the time it has", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = silent.address() as AddressInfo;
    expect((await failure(pull({ url: `https://127.0.0.1:${port}/x`, timeoutMs: 80 }))).code).toBe("timed-out");
  } finally {
    silent.close();
  }
});

describe("a page of exports", () => {
  test.each([
    ["without a link", 200, "<html>Nothing here</html>", "links to no CSV file"],
    ["that is not there", 404, "", "has not got the page of its exports: status 404"],
    ["that may not be read", 403, "", "does not let the user read the page of its exports"],
    ["of a station in trouble", 500, "", "answers with status 500"],
  ])("%s ends the run with a sentence", async (_what, status, body, sentence) => {
    station.instead.push((_, reply) => void reply.writeHead(status).end(body));
    expect((await failure()).message).toContain(sentence);
  });

  test("that sends in circles is left", async () => {
    station.answers.set(
      "/file/Depot/historyExports/Depot/",
      (_, reply) => void reply.writeHead(302, { location: "/file/Depot/historyExports/Depot/" }).end(),
    );
    expect(await failure()).toMatchObject({ code: "redirects", again: false });
    expect(station.asked.length).toBeLessThan(10);
  });

  test("that sends on to another host is not followed there", async () => {
    station.instead.push((_, reply) => void reply.writeHead(302, { location: "https://elsewhere.example/x/" }).end());
    expect(await failure()).toMatchObject({ code: "other-host", message: expect.stringContaining("https://elsewhere.example") });
  });
});

describe("a station that refuses the password", () => {
  test("is asked twice and no more, until the password changes or a person asks", async () => {
    station.files.set(NAME, exportOf(rows(1)));
    const wrong = pull({ password: "geheim" });
    expect((await failure(wrong)).message).toContain("It is tried once more, with the next run.");
    expect((await failure(wrong)).message).toContain("It is not tried again before the password changes");
    const problem = await failure(wrong);
    expect(problem).toMatchObject({ code: "locked", again: false, message: expect.stringContaining("refused the user wattkeep 2 times") });
    expect(station.asked).toHaveLength(2);
    expect(problem.message).not.toContain("geheim");
    expect(await failure(wrong, { thorough: true })).toMatchObject({ code: "not-allowed" });
    expect(station.asked).toHaveLength(3);
    expect(await run()).toMatchObject({ counts: { new: 1 } });
    expect((await failure(wrong)).code).toBe("locked");
  });

  test("with a right one in between is trusted twice again", async () => {
    station.files.set(NAME, exportOf(rows(1)));
    const refuse = () => station.instead.push((_, reply) => void reply.writeHead(401).end());
    refuse();
    await failure();
    await run();
    refuse();
    expect((await failure()).message).toContain("once more");
  });

  test("by its sign-in page says which setting is missing there", async () => {
    station.instead.push((_, reply) => void reply.writeHead(302, { location: "/prelogin" }).end());
    expect((await failure()).message).toContain("HTTPBasicScheme");
  });

  test("is asked twice in all by sources that share its user, though they run at once", async () => {
    const turns = new Turns();
    const sources = ["a", "b", "c", "d"].map((name) => pull({ password: "geheim" }, { source: aPulledSource(name), turns }));
    const problems = await Promise.all(sources.map((one) => failure(one)));
    expect(problems.map(({ code }) => code).sort()).toEqual(["locked", "locked", "not-allowed", "not-allowed"]);
    expect(station.asked).toHaveLength(2);
  });

  test("keeps nothing from which the password could be read", async () => {
    await failure(pull({ password: "geheim" }));
    expect(await world.store.setting(`niagara.login.127.0.0.1:${station.port}.wattkeep`)).not.toContain("geheim");
  });
});

describe("the certificate of a station", () => {
  const fingerprint = (): string => new X509Certificate(keys.cert).fingerprint256.replaceAll(":", "").toLowerCase();

  test("signed by itself is not believed unless that is said", async () => {
    expect((await failure(pull({ trust: {} }))).message).toContain("its certificate is signed by itself");
    expect(station.asked).toEqual([]);
  });

  test("is believed by its file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wattkeep-ca-"));
    const caFile = join(folder, "ca.pem");
    try {
      expect(await failure(pull({ trust: { caFile } }))).toMatchObject({ code: "certificate-file", again: false });
      writeFileSync(caFile, keys.cert);
      station.files.set(NAME, exportOf(rows(1)));
      expect(await run(pull({ trust: { caFile } }))).toMatchObject({ counts: { new: 1 } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("is believed by its fingerprint, and by no other", async () => {
    station.files.set(NAME, exportOf(rows(1)));
    expect(await run(pull({ trust: { pinSha256: fingerprint() } }))).toMatchObject({ counts: { new: 1 } });
    const asked = station.asked.length;
    expect(await failure(pull({ trust: { pinSha256: "ab".repeat(32) } }))).toMatchObject({ code: "certificate-changed", again: false });
    expect(station.asked).toHaveLength(asked);
  });

  test("seen first is kept with a warning, and another one afterwards refused with both fingerprints", async () => {
    station.files.set(NAME, exportOf(rows(1)));
    await run();
    expect(world.notes).toEqual([expect.stringContaining("is believed because it is the first one seen")]);
    await run();
    expect(world.notes).toHaveLength(1);
    const changed = selfSigned();
    station.changeCertificate(changed);
    const asked = station.asked.length;
    const { message, code } = await failure();
    const now = new X509Certificate(changed.cert).fingerprint256.replaceAll(":", "").toLowerCase();
    expect([code, message.replaceAll(" ", "")]).toEqual(["certificate-changed", expect.stringContaining(fingerprint())]);
    expect(message).toContain(`set \`pin: ${now}\``);
    expect(station.asked).toHaveLength(asked);
  });
});

const FOLDER = process.env["WATTKEEP_REAL_DATA"];
if (!FOLDER) console.info("The check with real exports is skipped: WATTKEEP_REAL_DATA names no folder.");

describe.skipIf(!FOLDER)("real exports", () => {
  test("go the whole way from a station into the store", async () => {
    const folder = join(FOLDER ?? "", "seeds/niagara");
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("Fpb3")) : [];
    for (const name of names) station.files.set(name, readFileSync(join(folder, name)));
    const outcome = await run();
    const held = await world.held();
    const days = (column: readonly (readonly [number, number])[]) =>
      [column[0], column.at(-1)].map((row) => new Date((row?.[0] ?? 0) - 7 * 3_600_000).toISOString().slice(0, 10));
    const found = Object.values(held).map((column) => {
      const values = column.map(([, value]) => value);
      return [column.length, Math.min(...values), Math.max(...values), ...days(column)];
    });
    console.info(outcome.sentence);
    expect(outcome).toMatchObject({ counts: { files: 3, new: 6_395, rejected: 0, failed: 0 } });
    // On and Off are two texts.
    expect(found).toEqual([
      [3802, 60, 80, "2025-11-05", "2025-11-22"],
      [2559, 63.29, 90.3, "2025-11-05", "2025-11-23"],
      [34, 1, 2, "2025-11-05", "2025-11-22"],
    ]);
    expect(await run(pull(), { thorough: true })).toMatchObject({ counts: { new: 0, changed: 0 } });
  });
});
