import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "./log.ts";
import { logLine } from "./log-line.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const complaints: string[] = [];
let now = 0;
const open = (more: Partial<Parameters<typeof openLog>[0]> = {}) =>
  openLog(
    { level: "info", format: "json", file: join(folder, "logs", "wattkeep.log"), maxBytes: 4_096, keep: 3, ...more },
    (text) => complaints.push(text),
    () => now,
  );
const lines = (file = "wattkeep.log") =>
  readFileSync(join(folder, "logs", file), "utf8")
    .trim()
    .split("\n");

test("a file of the log is one JSON object per line, in a folder it makes itself", async () => {
  const { logger, close } = open();
  logger.info({ job: "tibber-flat", rows: 744 }, "Hours taken");
  logger.debug("not at this level");
  await close();
  expect(lines()).toHaveLength(1);
  expect(JSON.parse(lines()[0] as string)).toMatchObject({ level: 30, job: "tibber-flat", rows: 744, msg: "Hours taken" });
});

test("a file that grew too large is turned over, and so many are kept", async () => {
  const { logger, close } = open();
  for (let i = 0; i < 400; i += 1) {
    logger.info({ i }, "x".repeat(100));
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await close();
  const files = readdirSync(join(folder, "logs")).filter((name) => name.startsWith("wattkeep.log"));
  expect(files.sort()).toEqual(["wattkeep.log", "wattkeep.log.1", "wattkeep.log.2", "wattkeep.log.3"]);
  const numbers = ["wattkeep.log.3", "wattkeep.log.2", "wattkeep.log.1", "wattkeep.log"].flatMap((file) =>
    lines(file)
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { i: number }).i),
  );
  expect(numbers.at(-1)).toBe(399);
  expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] as number) + at));
  for (const file of files) expect(statSync(join(folder, "logs", file)).size).toBeLessThan(4_096 + 8_192);
});

test("a secret is not written, under whatever name of ours it comes", async () => {
  const { logger, close } = open();
  logger.warn({ token: "tell-nobody", influx: { token: "tell-nobody", url: "http://nas" }, tibber: { apiKey: "tell-nobody" } }, "Refused");
  await close();
  expect(lines().join()).not.toContain("tell-nobody");
  expect(lines().join()).toContain("http://nas");
});

test("a secret is not written either where an error or a request carries it further down", async () => {
  const { logger, close } = open();
  const headers = { authorization: "tell-nobody", cookie: "tell-nobody" };
  const err = Object.assign(new Error("refused"), { config: { request: { headers } } });
  logger.error({ err, sources: [{ influx: { login: { password: "tell-nobody" } } }] }, "Refused");
  await close();
  expect(lines().join()).toContain("refused");
  expect(lines().join()).not.toContain("tell-nobody");
});

test("a log that could not be written is written again as soon as it can be", async () => {
  mkdirSync(join(folder, "logs", "wattkeep.log"), { recursive: true });
  const { logger, close } = open();
  logger.info("lost");
  await new Promise((resolve) => setTimeout(resolve, 50));
  rmSync(join(folder, "logs", "wattkeep.log"), { recursive: true });
  logger.info("too soon");
  now += 60_000;
  logger.info("there again");
  await close();
  expect(lines().map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["there again"]);
});

test("a log that cannot be written is told once, and the process goes on", async () => {
  mkdirSync(join(folder, "logs", "wattkeep.log"), { recursive: true });
  complaints.length = 0;
  const { logger, close } = open();
  logger.info("one");
  logger.info("two");
  await new Promise((resolve) => setTimeout(resolve, 50));
  logger.info("three");
  await close();
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toContain("cannot be written");
  expect(existsSync(join(folder, "logs", "wattkeep.log"))).toBe(true);
});

test("a line for people has its time, level, words and details, and no control characters", () => {
  const entry = {
    level: 40,
    time: 1_773_134_120_412,
    pid: 7,
    hostname: "nas",
    msg: "The broker is away\u001b[2J",
    host: "meter one",
    tries: 3,
  };
  expect(logLine(JSON.stringify(entry))).toMatch(/^2026-03-10T09:15:20\.412Z WARN {2}The broker is away.*host="meter one" tries=3\n$/);
  expect(logLine(JSON.stringify(entry))).not.toContain("\u001b");
  const failed = {
    level: 50,
    time: 0,
    msg: "A job failed",
    err: { message: "No route", stack: "Error: No route\n    at pull (pull.ts:3)" },
  };
  expect(logLine(JSON.stringify(failed))).toBe(
    "1970-01-01T00:00:00.000Z ERROR A job failed\n    Error: No route\n    at pull (pull.ts:3)\n",
  );
});
