import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import type { PullProblem } from "#intake/pull/pull-problem.ts";
import { aPulledSource, PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { exportOf, FakeStation } from "#test/fakes/niagara-station.ts";
import { Turns } from "./pace.ts";
import { type ExportsPull, pullExports } from "./pull-exports.ts";

const NOW = Date.UTC(2025, 10, 23, 18);
const NAME = "Box4$2d02$20Space$20Temp.csv";
const FILE = exportOf([[Date.UTC(2025, 10, 23, 12), 70]]);

let station: FakeStation;
let world: PullWorld;

beforeEach(async () => {
  station = await FakeStation.start("Depot");
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(async () => {
  await world.end();
  await station.stop();
});

function pull(more: Partial<ExportsPull["access"]> = {}): ExportsPull {
  const { user: username, password, folder: url } = station;
  return {
    source: aPulledSource("depot"),
    access: { url, username, password, trust: { pinFirst: true }, timeoutMs: 5_000, ...more },
    station: "Depot",
    zone: zoneNamed("America/Phoenix"),
    units: {},
    columns: {},
    turns: new Turns(),
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

describe("a station that is no help", () => {
  test("by drops without an end is given up in the time of one answer", async () => {
    const drops: NodeJS.Timeout[] = [];
    station.instead.push((_, reply) => {
      reply.writeHead(200, { "content-type": "text/html" });
      drops.push(setInterval(() => reply.write("x"), 20));
    });
    try {
      expect((await failure(pull({ timeoutMs: 300 }))).code).toBe("timed-out");
    } finally {
      for (const drop of drops) clearInterval(drop);
    }
  });

  test("by an answer that is compressed though nobody asked for that is told so, and nothing is unpacked", async () => {
    station.instead.push((_, reply) => void reply.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(1_000_000))));
    expect(await failure()).toMatchObject({ code: "compressed", again: false, message: expect.stringContaining('compressed by "gzip"') });
  });

  test("by more folders than are looked into is told which are left alone", async () => {
    const folders = Array.from({ length: 250 }, (_, i) => `<a href="f${i}/">f${i}</a>`).join("");
    station.files.set(NAME, FILE);
    station.instead.push((_, reply) => void reply.end(`${folders}<a href="${NAME}">file</a>`));
    for (let i = 0; i < 200; i += 1) station.instead.push((_, reply) => void reply.end("<p>empty</p>"));
    await run();
    expect(world.notes.join("\n")).toContain("more than 200 folders");
  });

  test("by a file in the place of its certificate that is none is told so", async () => {
    const { message, code } = await failure(pull({ trust: { caFile: import.meta.filename } }));
    expect([code, message]).toEqual(["certificate-file", expect.stringContaining("holds no certificate")]);
    expect(station.asked).toEqual([]);
  });

  test("by a page of links to anywhere is asked for nothing but its own files", async () => {
    station.files.set(NAME, FILE);
    const links = [
      "javascript:alert(1).csv",
      "file:///etc/passwd.csv",
      "data:text/csv,x.csv",
      "http://127.0.0.1/x.csv",
      "//evil.example/x.csv",
      "https://user:word@evil.example/x.csv",
      "\\\\evil.example\\x.csv",
      "mailto:x.csv",
      "http://[broken.csv",
    ];
    const own = new URL(station.url).host;
    const page = [...links, `http://${own}/x.csv`, NAME].map((href) => `<a href="${href}">x</a>`).join("");
    station.instead.push((_, reply) => void reply.end(`<base href="https://evil.example/">${page}`));
    expect(await run()).toMatchObject({ counts: { files: 1, new: 1 } });
    expect(station.asked).toHaveLength(2);
  });

  test("by refusing its files is asked for them twice though anybody may read its page", async () => {
    station.files.set(NAME, FILE);
    const folder = new URL(`${station.folder}/`).pathname;
    const page = (_: unknown, reply: { end(text: string): unknown }) => void reply.end(`<a href="${NAME}">${NAME}</a>`);
    station.answers.set(folder, page);
    const wrong = pull({ password: "geheim" });
    for (const code of ["not-allowed", "not-allowed", "locked"]) {
      station.instead.push(page);
      expect((await failure(wrong)).code).toBe(code);
      station.instead.length = 0;
    }
    expect(station.paths.filter((path) => path.endsWith(".csv"))).toHaveLength(2);
    station.instead.push(page);
    expect(await run(pull(), { thorough: true })).toMatchObject({ counts: { new: 1 } });
  });
});
