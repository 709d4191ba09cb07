import { expect, test } from "vitest";
import { tasmotaTopic } from "#dialects/tasmota-message.ts";
import { tasmotaSml } from "#dialects/tasmota-sml/decode.ts";
import { filterCovers } from "#dialects/topic-filter.ts";
import { mayPublish, maySubscribe } from "#intake/broker/access.ts";
import { readerLines } from "./reader-lines.ts";

const lines = readerLines({ name: "meter", password: "wk_abcdefghijklmnopqrstuvwx", host: "192.168.1.20", port: 1883 });
const grant = { name: "meter", prefix: "meter" };

test("everything a reader head says after these lines lies below its one prefix", () => {
  expect(lines.join("\n")).toContain("FullTopic %topic%/%prefix%/");
  for (const topic of ["meter/tele/SENSOR", "meter/tele/LWT", "meter/stat/RESULT", "meter/tele/INFO1"])
    expect(mayPublish(grant, topic)).toBe(true);
  expect(maySubscribe(grant, "meter/cmnd/#")).toBe(true);
  // What SetOption19 turns off.
  expect(mayPublish(grant, "tasmota/discovery/001122334455/config")).toBe(false);
});

test("a source of the dialect claims it without a word about topics", () => {
  expect(tasmotaSml.topics.some((filter) => filterCovers(filter, "meter/tele/SENSOR"))).toBe(true);
  expect(tasmotaTopic("meter/tele/SENSOR")).toMatchObject({ device: "meter", verb: "SENSOR", prefixed: true });
});

test("no value is longer than the firmware keeps", () => {
  const commands = lines.filter((line) => line.includes("Backlog")).flatMap((line) => line.trim().slice("Backlog ".length).split("; "));
  expect(commands).toHaveLength(8);
  for (const command of commands) expect(command.split(" ")[1]?.length).toBeLessThanOrEqual(32);
});
