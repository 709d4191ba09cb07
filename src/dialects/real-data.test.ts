import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dateStart } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Item } from "#readings/reading.ts";
import { DIALECTS, dialectNamed } from "./catalogue.ts";
import { jsonOf } from "./json.ts";

// Real messages are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const WHY = FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder";
if (!FOLDER) console.info(`The check against real messages is ${WHY}.`);

const OPTIONS: Readonly<Record<string, unknown>> = { "kyz-pulse": { zone: "America/Indiana/Indianapolis" } };

interface LocalDay {
  readonly zone: string;
  readonly date: string;
  readonly start_utc: string;
  readonly end_utc: string;
  readonly exists?: boolean;
}

interface Line {
  readonly topic?: string;
  readonly payload?: unknown;
}

/** What each message of a file gives: readings, rejects (`1x`) or nothing to read (`-`). */
const EXPECTED: readonly (readonly [file: string, dialect: string, what: string])[] = [
  ["seeds/kyz/mqtt_payloads_constructed.jsonl", "kyz-pulse", "3 4 3 1x 3 2 2 2 2 2 1 1 1 2 1x 1x 1x 1x"],
  ["seeds/tasmota/mqtt_messages_constructed.jsonl", "tasmota-sml", "- 7 7 3 7 7 7 - 1x -"],
  ["seeds/niagara/mqtt_frames_constructed.jsonl", "niagara-history", "2 1 1 1+1x - 1 1"],
  ["smart-meters/tasmota_sml/01_mt681_bitshake_full.jsonl", "tasmota-sml", "7 4 - - 1x"],
  ["smart-meters/tasmota_sml/02_mt681_minimal.jsonl", "tasmota-sml", "4"],
  ["smart-meters/tasmota_sml/03_mt175_solar.jsonl", "tasmota-sml", "7 2"],
  ["smart-meters/tasmota_energy/energy_messages.jsonl", "tasmota-energy", "10 17 12 12 6 - 10 4 - -"],
  ["smart-meters/zigbee2mqtt/dev_messages.jsonl", "tasmota-sml", "- - - - -"],
  ["buildings/niagara_mqtt/history_frames.json", "niagara-history", "1 4"],
];

function linesOf(file: string): Line[] {
  const text = readFileSync(join(FOLDER ?? "", file), "utf8");
  if (file.endsWith(".jsonl")) {
    const lines = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as Line);
    return lines.filter((line) => line.payload !== undefined);
  }
  return (JSON.parse(text) as { frames: Line[] }).frames;
}

function itemsOf(dialectName: string, line: Line): readonly Item[] {
  const dialect = dialectNamed(dialectName);
  if (!dialect) throw new Error(`there is no dialect ${dialectName}`);
  const body = new TextEncoder().encode(typeof line.payload === "string" ? line.payload : JSON.stringify(line.payload));
  const message = {
    source: "real",
    topic: line.topic ?? "tele/device/SENSOR",
    body,
    receivedMs: 1_770_000_000_000,
    qos: 1 as const,
    retained: false,
  };
  return dialect.decode(message, dialect.options.parse(OPTIONS[dialectName] ?? {})).items;
}

function summary(items: readonly Item[]): string {
  const readings = items.filter((item) => item.type === "reading").length;
  const rejects = items.filter((item) => item.type === "reject").length;
  return readings + rejects === 0
    ? "-"
    : `${readings > 0 ? readings : ""}${readings > 0 && rejects > 0 ? "+" : ""}${rejects > 0 ? `${rejects}x` : ""}`;
}

describe.skipIf(!FOLDER)(`real messages (${WHY})`, () => {
  it.each(EXPECTED)("%s as %s", (file, dialect, what) => {
    expect(
      linesOf(file)
        .map((line) => summary(itemsOf(dialect, line)))
        .join(" "),
    ).toBe(what);
  });

  it("local days have the lengths that others computed", () => {
    const days = JSON.parse(readFileSync(join(FOLDER ?? "", "torture/timezones/local_days.json"), "utf8")) as LocalDay[];
    const known = days.filter((day) => day.exists !== false && typeof day.start_utc === "string");
    expect(known.length).toBeGreaterThan(8);
    for (const day of known) {
      const zone = zoneNamed(day.zone);
      const start = dateStart(day.date, zone) ?? Number.NaN;
      expect([start, zone.addDays(start, 1)], `${day.zone} ${day.date}`).toEqual([Date.parse(day.start_utc), Date.parse(day.end_utc)]);
    }
  });

  it("what a JSON test suite wants parsed is parsed, and harms nobody", () => {
    const folder = join(FOLDER ?? "", "torture/json_test_suite/test_parsing");
    const files = existsSync(folder) ? readdirSync(folder) : [];
    expect(files.length).toBeGreaterThan(90);
    for (const file of files) {
      const body = readFileSync(join(folder, file));
      if (file.startsWith("y_")) expect(jsonOf(body).reject, file).toBeUndefined();
      for (const dialect of DIALECTS) {
        if (dialect.name === "mapped-json") continue;
        const message = { source: "suite", topic: "tele/x/SENSOR", body, receivedMs: 0, qos: 0 as const, retained: false };
        expect(dialect.decode(message, dialect.options.parse(OPTIONS[dialect.name] ?? {})).items.length, file).toBeGreaterThan(0);
      }
    }
  });
});
