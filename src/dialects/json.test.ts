import { describe, expect, it } from "vitest";
import { isObject, jsonOf, MAX_DEPTH, MAX_KEYS, objectOf, own } from "./json.ts";
import { kebab } from "./kebab.ts";
import { numberOf } from "./number.ts";
import { quoted, textOf } from "./text.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (text: string): string | undefined => jsonOf(utf8(text)).reject?.code;

describe("a JSON body", () => {
  it("may be as deep as the limit and no deeper", () => {
    expect(codeOf("[".repeat(MAX_DEPTH) + "]".repeat(MAX_DEPTH))).toBeUndefined();
    expect(codeOf("[".repeat(MAX_DEPTH + 1) + "]".repeat(MAX_DEPTH + 1))).toBe("too-deep");
    expect(codeOf("[".repeat(100_000) + "]".repeat(100_000))).toBe("too-deep");
    expect(codeOf(`["${"[".repeat(1000)}\\"${"{".repeat(1000)}"]`)).toBeUndefined();
  });

  it("may have as many keys as the limit in one object, and any number of rows", () => {
    const keys = (n: number): string => `{${Array.from({ length: n }, (_, i) => `"k${i}":0`).join(",")}}`;
    expect(codeOf(keys(MAX_KEYS))).toBeUndefined();
    expect(codeOf(keys(MAX_KEYS + 1))).toBe("too-many-keys");
    expect(codeOf(`[${'{"a":1},'.repeat(5_000)}{}]`)).toBeUndefined();
  });

  it("says what is wrong with it", () => {
    expect(codeOf("")).toBe("empty");
    expect(codeOf("{")).toBe("not-json");
    expect(jsonOf(utf8('{"a":NaN}')).reject?.sentence).toContain("NaN");
    expect(jsonOf(new Uint8Array([0xff])).reject?.code).toBe("not-utf8");
    expect(objectOf(utf8("[1]")).reject?.code).toBe("not-an-object");
  });

  it("gives only what the sender wrote", () => {
    const value = jsonOf(utf8('{"__proto__":{"x":1},"a":2}')).value;
    if (!isObject(value)) throw new Error("an object was expected");
    expect(own(value, "__proto__")).toEqual({ x: 1 });
    expect(own(value, "x")).toBeUndefined();
    for (const key of ["toString", "constructor", "hasOwnProperty"]) expect(own(value, key)).toBeUndefined();
  });
});

describe("a number", () => {
  it.each([
    [12.5, 12.5],
    ["12.5", 12.5],
    [" -0.5e3 ", -500],
    ["007970903", 7_970_903],
    ["+3", 3],
    [".5", 0.5],
    ["5.", 5],
  ])("%j is %d", (raw, expected) => {
    expect(numberOf(raw, "it")).toBe(expected);
  });

  it.each([null, "", " ", "null", "NaN", "unavailable", "Unknown", "---", "n/a"])("%j is a stated absence", (raw) => {
    expect(numberOf(raw, "it")).toBeNaN();
  });

  it.each([
    [true, "not-a-number"],
    ["12,5", "not-a-number"],
    ["0x10", "not-a-number"],
    ["1 000", "not-a-number"],
    ["Infinity", "not-a-number"],
    [[1], "not-a-number"],
    [{}, "not-a-number"],
    ["9".repeat(1_000), "not-a-number"],
    ["1e400", "not-finite"],
    [Number.POSITIVE_INFINITY, "not-finite"],
  ])("%j is none", (raw, code) => {
    expect(numberOf(raw, "it")).toMatchObject({ code });
  });

  it("is written with a comma where the dialect says so", () => {
    const comma = { decimalComma: true };
    expect(numberOf("8.214,07", "it", comma)).toBe(8214.07);
    expect(numberOf("1.234.567", "it", comma)).toBe(1_234_567);
    expect(numberOf("12,5", "it", comma)).toBe(12.5);
    expect(numberOf(12.5, "it", comma)).toBe(12.5);
    expect(numberOf("1,2,3", "it", comma)).toMatchObject({ code: "not-a-number" });
  });
});

describe("a name as an id", () => {
  it.each([
    ["MT681 (tasmota_A1B2)", "mt681-tasmota-a1b2"],
    ["Zählerraum 2 / Süd", "zaehlerraum-2-sued"],
    ["Café", "cafe"],
    ["Счётчик 1", "счетчик-1"],
    ["<script>alert(1)</script>", "script-alert-1-script"],
    ["--a--", "a"],
    ["", ""],
    ["///", ""],
    ["__proto__", "proto"],
  ])("%s is %s", (name, id) => {
    expect(kebab(name)).toBe(id);
  });

  it("is never long", () => {
    expect(kebab("ab ".repeat(100_000)).length).toBeLessThanOrEqual(120);
  });
});

describe("text of a sender", () => {
  it("is strict UTF-8, short or long", () => {
    expect(textOf(utf8("Grüße"))).toBe("Grüße");
    expect(textOf(utf8("x".repeat(100)))).toBe("x".repeat(100));
    expect(textOf(new Uint8Array([0x41, 0xc3]))).toMatchObject({ code: "not-utf8" });
    expect(textOf(new Uint8Array(100).fill(0xff))).toMatchObject({ code: "not-utf8" });
  });

  it("is quoted short and on one line", () => {
    expect(quoted("a\nb\u0000c\u2028d")).toBe('"a·b·c·d"');
    expect(quoted("x".repeat(1_000)).length).toBeLessThan(70);
    expect(quoted({})).toBe("an object");
    expect(quoted([1])).toBe("a list");
    expect(quoted(7)).toBe("7");
  });
});
