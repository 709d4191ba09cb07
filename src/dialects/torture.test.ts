import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item } from "#readings/reading.ts";
import { KINDS } from "#series/kind.ts";
import { DIALECTS } from "./catalogue.ts";
import type { Dialect } from "./dialect.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const MB = 1_048_576;

/** Options that make each dialect look at as much of a message as it can. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  "kyz-pulse": { zone: "America/Indiana/Indianapolis" },
  "niagara-history": { zone: "America/Phoenix" },
  "niagara-export": { zone: "America/Phoenix" },
  "market-stream": { zone: "+10:00" },
  "mapped-json": {
    zone: "Europe/Berlin",
    time: { pointer: "/t", format: "iso" },
    readings: ["", "/a", "/__proto__/a", "/0"].map((pointer, i) => ({
      pointer,
      quantity: "value",
      kind: i === 3 ? "state" : "gauge",
      point: `p${i}`,
    })),
  },
};

/** Keys that dialects look for, so that invented messages get past the first check. */
const KEYS = [
  "ENERGY",
  "Total",
  "Power",
  "Voltage",
  "MT681",
  "E_in",
  "Power_cur",
  "Meter_id",
  "Time",
  "StatusSNS",
  "intervalEnd",
  "pulseCount",
  "kWh",
  "kW",
  "d",
  "t",
  "pulseDelta",
  "r17Exclude",
  "messageType",
  "stationName",
  "historyId",
  "historyData",
  "timestamp",
  "value",
  "status",
  "point",
  "n:displayName",
  "event_time",
  "facility_id",
  "power",
  "network_code",
  "metric",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
];
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1e308,
  -1,
  0.1,
  "",
  "NaN",
  "Infinity",
  "1e400",
  "12,5",
  "history",
  "NEM",
  "price",
  "{ok}",
  "{fault,stale}",
  "__proto__",
  "2026-03-08 02:30:00",
  "2025-11-02 01:30:00",
  "2026-02-24 00:00:00.1234567-0700",
  "2026-02-24T00:00:00Z",
  "x".repeat(5_000),
  "\u0000",
  "\ud800",
  "<img src=x onerror=alert(1)>",
];

const jsonText = fc
  .letrec<{ any: unknown; object: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(...VALUES),
      fc.double(),
      fc.array(tie("any"), { maxLength: 4 }),
      tie("object"),
    ),
    object: fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie("any")), { maxLength: 9 })
      .map((pairs) => new Map(pairs as [string, unknown][])),
  }))
  .any.map(written);

/** JSON text of invented values; Maps are objects, so that `__proto__` is a key and not a prototype. */
function written(value: unknown): string {
  if (value instanceof Map) return `{${[...value].map(([key, v]) => `${JSON.stringify(key)}:${written(v)}`).join(",")}}`;
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  return JSON.stringify(value) ?? "null";
}

const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ["nothing at all", new Uint8Array()],
  ["a NUL", new Uint8Array([0])],
  ["blanks", utf8(" \n\t ")],
  ["bytes that are not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d])],
  ["an overlong encoding", new Uint8Array([0xc0, 0x80])],
  ["a lone surrogate in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ["a byte order mark", utf8('\ufeff{"d":1}')],
  ["plain words", utf8("hello, world")],
  ["a list", utf8("[1,2,3]")],
  ["a list in lists", utf8("[[[[]]]]")],
  ["a number", utf8("42")],
  ["a number too large", utf8("1e400")],
  ["a negative number too large", utf8('{"MT681":{"E_in":-1e400,"Power":1e999}}')],
  ["a number of many digits", utf8(`{"ENERGY":{"Total":${"9".repeat(100_000)}}}`)],
  ["null", utf8("null")],
  ["true", utf8("true")],
  ["bare NaN", utf8('{"MT681":{"E_in":NaN}}')],
  ["bare Infinity", utf8('{"ENERGY":{"Power":-Infinity}}')],
  ["__proto__ as a key", utf8('{"__proto__":{"polluted":1,"ENERGY":{"Power":1}},"constructor":{"prototype":{"polluted":1}}}')],
  ["__proto__ as a group", utf8('{"Time":"2026-01-01T00:00:00","__proto__":{"E_in":1,"Power":2}}')],
  ["a hundred thousand levels", utf8("[".repeat(100_000) + "]".repeat(100_000))],
  ["a hundred thousand objects deep", utf8('{"a":'.repeat(100_000))],
  ["a megabyte of brackets", utf8("[".repeat(MB))],
  ["a megabyte of quotes", utf8('"'.repeat(MB))],
  ["a megabyte of backslashes", utf8(`"${"\\".repeat(MB)}`)],
  ["a megabyte of minus signs", utf8("-".repeat(MB))],
  ["a megabyte of commas", utf8(",".repeat(MB))],
  ["a megabyte of packed pieces", utf8("d=1,".repeat(MB / 4))],
  ["ten thousand keys", utf8(`{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":${i}`).join(",")}}`)],
  [
    "a hundred thousand bad rows",
    utf8(`{"messageType":"history","stationName":"A","historyId":"/A/B","historyData":[${"1,".repeat(99_999)}1]}`),
  ],
  ["HTML in every name", utf8('{"<script>alert(1)</script>":{"E_in":1,"Power":2,"Meter_id":"<b>"},"ENERGY":{"Power":1}}')],
  // Shapes that a JSON test suite lists as wrong or doubtful.
  ...[
    '{"a":1,}',
    "[1,]",
    "{'a':1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":1.}',
    '{"a":0x10}',
    '["\\u00"]',
    '["\\x"]',
    '["\t"]',
    '{"a":1}}',
    '{"a":/*c*/1}',
    '{"d":1,"d":2}',
    '"\\ud800"',
    "[1e-400]",
    "[-0]",
    "{",
    "}",
    '{"a',
    "tru",
    "nul",
    '{"":{"":{"":1}}}',
  ].map((text) => [text, utf8(text)] as const),
];

const TOPICS = [
  "tele/x/SENSOR",
  "tele/<script>alert(1)</script>/SENSOR",
  "",
  "/",
  "a/../../b",
  "tele//SENSOR",
  "__proto__/interval",
  "\u0000",
  "ключ/метр",
  "x".repeat(60_000),
  "stat/constructor/STATUS10",
];

interface Sent {
  readonly topic: string;
  readonly text: string;
}

const HERE = new URL(".", import.meta.url);

/** What a dialect's own cases send, so that hostile values get as deep as it looks. */
function sentIn(dialect: Dialect): Sent[] {
  const cases = new URL(`${dialect.name}/cases/`, HERE);
  return readdirSync(cases).flatMap((name) => {
    const [topic, message] = ["topic.txt", "message.txt"].map((file) => new URL(`${encodeURIComponent(name)}/${file}`, cases));
    if (!message || !existsSync(message)) return [];
    const own = topic && existsSync(topic) ? readFileSync(topic, "utf8").trim() : ownTopic(dialect);
    return [{ topic: own, text: readFileSync(message, "utf8") }];
  });
}

/** A topic under the dialect's first filter; dialects that go by the topic look at nothing else. */
function ownTopic(dialect: Dialect): string {
  return (dialect.topics[0] ?? "a/topic").replaceAll("+", "device");
}

const SCALAR = /(?<=[:,[]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?=\s*[,}\]])/g;

/** A JSON text with one of its values, counted round and round, exchanged for another. */
function exchanged(text: string, nth: number, value: string): string {
  const count = text.match(SCALAR)?.length ?? 0;
  let at = 0;
  return text.replace(SCALAR, (scalar) => (at++ === nth % count ? value : scalar));
}

const prototypeBefore = JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort());

function checked(dialect: Dialect, topic: string, body: Uint8Array): readonly Item[] {
  const options = dialect.options.parse(OPTIONS[dialect.name] ?? {});
  const message = { source: "torture", topic, body, receivedMs: 1_780_000_000_000, qos: 1 as const, retained: false };
  const decoded = dialect.decode(message, options);
  for (const item of decoded.items) checkItem(item);
  // Memory must survive JSON, and a memory from anywhere must do no harm.
  if (decoded.memory !== undefined) expect(JSON.parse(JSON.stringify(decoded.memory))).toEqual(decoded.memory);
  checkRecognition(dialect, topic, body);
  return decoded.items;
}

function checkItem(item: Item): void {
  if (item.type === "reading") {
    const { value, kind, device, point, quantity, unit, tMs, quality } = item.reading;
    expect(value === Infinity || value === -Infinity, "finite, absent or a text").toBe(false);
    expect(KINDS).toContain(kind);
    expect([device, point, quantity, unit].every((text) => typeof text === "string")).toBe(true);
    expect(point).not.toMatch(/[/@<>\s]/);
    expect(tMs === undefined || Number.isFinite(tMs)).toBe(true);
    expect(quality === undefined || Number.isInteger(quality)).toBe(true);
  } else if (item.type === "reject") {
    expect(item.reject.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(item.reject.sentence.length).toBeGreaterThan(10);
    expect(item.reject.sentence.length).toBeLessThan(1_200);
  } else {
    expect(item.type).toBe("nothing");
  }
}

function checkRecognition(dialect: Dialect, topic: string, body: Uint8Array): void {
  const found = dialect.recognise(topic, body);
  if (found === undefined) return;
  expect(found.confidence).toBeGreaterThan(0);
  expect(found.confidence).toBeLessThanOrEqual(1);
  expect(found.evidence.length).toBeLessThan(600);
}

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))("%s", (_name, dialect) => {
  it.each(HOSTILE)("survives %s", (_title, body) => {
    for (const topic of [ownTopic(dialect), ...TOPICS.slice(0, 2)]) expect(checked(dialect, topic, body).length).toBeGreaterThan(0);
  });

  it.each(TOPICS.map((topic) => [topic.slice(0, 30), topic] as const))("survives the topic %j", (_title, topic) => {
    for (const text of ['{"ENERGY":{"Power":1}}', '{"MT681":{"E_in":1,"Power":1}}', "d=1,2", '{"value":1}', "Online"])
      checked(dialect, topic, utf8(text));
  });

  it("yields items and nothing else for any bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TOPICS), fc.uint8Array({ maxLength: 300 }), (topic, body) => checked(dialect, topic, body).length > 0),
      { numRuns: 300 },
    );
  });

  it("yields items and nothing else for any JSON with familiar keys", () => {
    fc.assert(
      fc.property(jsonText, (text) => checked(dialect, "tele/x/SENSOR", utf8(text)).length > 0),
      { numRuns: 500 },
    );
  });

  it("yields items and nothing else for its own messages with one value exchanged", () => {
    const sent = sentIn(dialect);
    expect(sent.length).toBeGreaterThan(4);
    fc.assert(
      fc.property(
        fc.constantFrom(...sent),
        fc.nat(500),
        fc.oneof(fc.constantFrom(...VALUES, {}, []).map(written), jsonText),
        ({ topic, text }, nth, value) => checked(dialect, topic, utf8(exchanged(text, nth, value))).length > 0,
      ),
      { numRuns: 500 },
    );
  });

  it("yields the same for the same bytes", () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(checked(dialect, "a/b", utf8(text))).toEqual(checked(dialect, "a/b", utf8(text)));
      }),
      { numRuns: 50 },
    );
  });

  it("leaves the language's own objects alone", () => {
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort())).toBe(prototypeBefore);
    expect(Object.hasOwn({}.constructor, "polluted") || "polluted" in {}).toBe(false);
  });
});
