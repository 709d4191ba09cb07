import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockRulesOut, decodeBlock, decodeBlockTimes, encodeBlock } from "#store/sqlite/history/block.ts";
import { bucketsOf } from "#store/sqlite/history/bucket-builder.ts";
import { columnsOf, packRecord, unpackRecord } from "#store/sqlite/history/log.ts";
import { decodeCells, encodeCells } from "#store/sqlite/history/rollup.ts";
import { allocate, type Samples } from "#store/sqlite/history/samples.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { readRuns, writeRuns } from "./runs.ts";
import { readSqueezed, writeSqueezed } from "./squeeze.ts";
import { readTimes, writeTimes } from "./times.ts";
import { readValues, writeValues } from "./values.ts";

const strange = fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 5e-324, 2 ** 53);
const decimal = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([whole, digits]) => whole / 10 ** digits);
const value = fc.oneof({ weight: 8, arbitrary: decimal }, { weight: 1, arbitrary: strange }, { weight: 1, arbitrary: fc.double() });
const values = fc.oneof(
  fc.array(value, { maxLength: 200 }),
  fc.array(fc.double(), { maxLength: 100 }),
  fc.array(
    fc.integer().map((n) => n / 100),
    { maxLength: 400 },
  ),
);

const far = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const irregular = fc.uniqueArray(
  fc.oneof(
    far,
    fc.integer({ min: 0, max: 10_000 }).map((n) => n * 1000),
  ),
  { minLength: 1, maxLength: 200 },
);
const regular = fc
  .tuple(fc.integer({ min: -(10 ** 12), max: 10 ** 13 }), fc.integer({ min: 1, max: 10 ** 8 }), fc.integer({ min: 1, max: 300 }))
  .map(([first, step, n]) => Array.from({ length: n }, (_, i) => first + i * step));
const instants = fc.oneof(irregular, regular).map((times) => Float64Array.from(times).sort());

const samples: fc.Arbitrary<Samples> = instants.chain((tMs) => {
  const ofLength = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: tMs.length, maxLength: tMs.length });
  return fc.record({
    tMs: fc.constant(tMs),
    value: ofLength(value).map((v) => Float64Array.from(v)),
    quality: ofLength(fc.constantFrom(0, 0, 0, 1, 65_535)).map((q) => Uint16Array.from(q)),
    code: ofLength(fc.constantFrom(0, 0, 7)).map((c) => Uint16Array.from(c)),
  });
});

function same(a: Float64Array, b: Float64Array): void {
  expect(a.length).toBe(b.length);
  expect(a.every((v, i) => Object.is(v, b[i]))).toBe(true);
}

function reread(writer: ByteWriter): ByteReader {
  return new ByteReader(writer.view().slice());
}

describe("the codec", () => {
  it("brings back every number bit by bit, with one kind of NaN", () => {
    fc.assert(
      fc.property(values, (list) => {
        const writer = new ByteWriter(1);
        writeValues(writer, Float64Array.from(list));
        const out = new Float64Array(list.length);
        readValues(reread(writer), out);
        same(out, Float64Array.from(list));
      }),
    );
  });

  it("brings back every instant", () => {
    fc.assert(
      fc.property(instants, (tMs) => {
        const writer = new ByteWriter(1);
        writeTimes(writer, tMs);
        const out = new Float64Array(tMs.length);
        readTimes(reread(writer), out);
        same(out, tMs);
      }),
    );
  });

  it("brings back runs and sections", () => {
    fc.assert(
      fc.property(fc.uint16Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 300 }), (runs, bytes) => {
        const writer = new ByteWriter(1);
        writeRuns(writer, runs);
        writeSqueezed(writer, bytes);
        const reader = reread(writer);
        const out = new Uint16Array(runs.length);
        readRuns(reader, out);
        expect([out, readSqueezed(reader)]).toEqual([runs, bytes]);
      }),
    );
  });

  it("brings back whole numbers of any size, signed ones too", () => {
    const counts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const signed = fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 });
    fc.assert(
      fc.property(counts, fc.array(signed), (count, numbers) => {
        const writer = new ByteWriter(1);
        writer.varint(count);
        for (const number of numbers) writer.zigzag(number);
        const reader = reread(writer);
        expect(reader.varint()).toBe(count);
        const out = new Float64Array(numbers.length);
        reader.zigzags(out);
        expect([...out]).toEqual(numbers);
      }),
    );
  });

  it("refuses bytes that end too early", () => {
    expect(() => new ByteReader(new Uint8Array([0x80])).varint()).toThrow(RangeError);
    expect(() => new ByteReader(new Uint8Array([0x80])).zigzags(new Float64Array(1))).toThrow(RangeError);
    expect(() => decodeBlock(new Uint8Array([9, 1]), allocate(1))).toThrow("Unknown version");
  });
});

describe("a block", () => {
  it("brings back its samples, and its times alone", () => {
    fc.assert(
      fc.property(samples, (written) => {
        const data = encodeBlock(written);
        const read = allocate(written.tMs.length);
        decodeBlock(data, read);
        same(read.tMs, written.tMs);
        same(read.value, written.value);
        expect([read.quality, read.code]).toEqual([written.quality, written.code]);
        same(decodeBlockTimes(data, written.tMs.length), written.tMs);
      }),
    );
  });

  it("never rules out an instant it has", () => {
    fc.assert(
      fc.property(samples, (written) => {
        const data = encodeBlock(written);
        for (const t of written.tMs) expect(blockRulesOut(data, written.tMs.length, t)).toBe(false);
      }),
    );
  });

  it("takes about a byte per sample of an ordinary meter", () => {
    const block = allocate(4096);
    for (let i = 0; i < 4096; i++) {
      block.tMs[i] = i * 10_000 + (i % 10 === 3 ? 1000 : 0);
      block.value[i] = Math.round(230 + 20 * Math.sin(i / 50)) / 10;
    }
    expect(encodeBlock(block).length).toBeLessThan(4096);
  });
});

describe("a log record", () => {
  it("brings back what each series got", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ series: fc.integer({ min: 0, max: 2 ** 31 - 1 }), samples })), fc.nat(), (entries, receivedMs) => {
        const record = unpackRecord(packRecord(columnsOf(entries), receivedMs));
        expect(record.receivedMs).toBe(receivedMs);
        expect(record.entries).toEqual(entries);
      }),
    );
  });

  it("is refused when a bit of it changed", () => {
    fc.assert(
      fc.property(samples, fc.nat(), (some, where) => {
        const data = packRecord(columnsOf([{ series: 1, samples: some }]), 0);
        const at = where % data.length;
        data[at] = (data[at] as number) ^ (1 << (where % 8));
        expect(() => unpackRecord(data)).toThrow(RangeError);
      }),
    );
  });
});

describe("rollup cells", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(samples, (some) => {
        const near = { ...some, tMs: some.tMs.map((_, i) => i * 100_000) };
        const cells = bucketsOf(near, 900_000);
        expect(decodeCells(encodeCells(cells), 900_000)).toEqual(cells);
      }),
    );
  });
});
