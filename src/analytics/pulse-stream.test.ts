import { describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import type { Spans } from "./pulse-spans.ts";
import { spansOf } from "./pulse-stream.ts";
import { publishes, type Said } from "./pulse-world.ts";

const LENGTH_MS = 900_000;
const at = (said: readonly Said[], everyMs = 15_000) => said.map((one, i) => ({ tMs: 1_000_000_000_000 + i * everyMs, ...one }));
const spans = (said: readonly (Said & { tMs: number })[], more = {}) => spansOf(publishes(said), { lengthMs: LENGTH_MS, ...more });
const sum = ({ pulses }: Spans) => pulses.reduce((all, one) => all + one, 0);
/** Pulses by message, as long as no silence makes spans of its own. */
const counted = (said: readonly Said[], more = {}) => Array.from(spans(at(said), more).pulses);
const kinds = (said: readonly Said[], more = {}) => spans(at(said), more).events.map(({ kind }) => kind);

describe("the worked stream", () => {
  it("counts each pulse once; the original counted the 4 of the eighth message again in the ninth", () => {
    const stream = [{ d: 42, c: 1000 }, { c: 1010 }, { c: 1010 }, { d: 99, c: 1015 }, { c: 7 }, { c: 12 }, { d: -3 }, { d: 4 }, { c: 20 }];
    const original = [42, 10, 0, 5, 0, 5, 0, 4, 8];
    expect(counted(stream)).toEqual([...original.slice(0, 8), 4]);
  });

  it.each([
    ["the register wins over what the message says", [{ c: 100 }, { d: 0, c: 108 }], 8],
    ["a repeated message adds nothing", [{ c: 200 }, { d: 5, c: 200 }], 0],
    ["without a register the amount counts", [{ c: 200 }, { d: 3 }], 3],
    ["a register that went back says nothing about what was counted, and it is marked", [{ c: 100 }, { d: 9, c: 80 }], 0],
    ["a lost message comes back with the next", [{ c: 1_234_609 }, { d: 3, c: 1_234_650 }], 41],
  ] as const)("%s", (_, said, pulses) => {
    expect(sum(spans(at(said)))).toBe(pulses);
  });

  it("believes the first message, whose register nothing can be compared with", () => {
    expect(
      counted([
        { d: 42, c: 1_234_567 },
        { d: 42, c: 1_234_609 },
        { d: 42, c: 1_234_609 },
      ]),
    ).toEqual([42, 42, 0]);
    expect(counted([{ c: 1_234_567 }, { c: 1_234_609 }])).toEqual([0, 42]);
  });
});

describe("a device that mixes both forms", () => {
  it("is believed less than its register, also where it said too much", () => {
    expect(counted([{ c: 100 }, { d: 10 }, { d: 20 }, { c: 125 }])).toEqual([0, 10, 15, 0]);
  });

  it("keeps its register right when a message's two values are stamped a millisecond apart", () => {
    const t = 1_000_000_000_000;
    const said = [
      { tMs: t, c: 100 },
      { tMs: t + 15_000, d: 4 },
      { tMs: t + 30_000, d: 6 },
      { tMs: t + 30_001, c: 110 },
      { tMs: t + 45_000, d: 5, c: 115 },
    ];
    expect(Array.from(spans(said).pulses)).toEqual([0, 4, 6, 5]);
  });

  it("gets messages back that were lost at no known time, spread over that time", () => {
    const said = [{ c: 0 }, ...Array.from({ length: 39 }, () => ({ d: 10 })), { d: 10, c: 408 }];
    const found = spans(at(said));
    expect(sum(found)).toBe(408);
    expect(Math.max(...found.pulses)).toBeLessThanOrEqual(11);
  });
});

describe("a register", () => {
  const steady = Array.from({ length: 20 }, (_, i) => ({ c: 65_500 - 9 * 20 + 9 * (i + 1) }));

  it("rolls over at 2^16 and at 2^32, and at the number it is told", () => {
    expect(sum(spans(at([...steady, { c: 3 }, { c: 12 }])))).toBe(19 * 9 + 39 + 9);
    expect(kinds([...steady, { c: 3 }])).toEqual(["rollover"]);
    expect(counted([{ c: 2 ** 32 - 5 }, { c: 4 }])).toEqual([0, 9]);
    expect(counted([{ c: 999_995 }, { c: 5 }], { modulus: 1_000_000 })).toEqual([0, 10]);
    expect(counted([{ c: 999_995 }, { c: 5 }])).toEqual([0, 0]);
  });

  it("that is near its largest number but goes back by far more than was counted was reset", () => {
    expect(kinds([...steady, { c: 30_000 }])).toEqual(["reset"]);
  });

  it("that shows 0 for a moment counted nothing in it", () => {
    expect(counted([{ c: 3737 }, { c: 0 }, { c: 3746 }])).toEqual([0, 0, 9]);
    expect(counted([{ c: 3737 }, { c: 0 }, { c: 0 }, { c: 3746 }])).toEqual([0, 0, 0, 9]);
    expect(kinds([{ c: 3737 }, { c: 0 }, { c: 3746 }])).toEqual(["momentary"]);
    expect(spans(at([{ c: 3737 }, { c: 0 }, { c: 3746 }])).quality.some((bits) => bits !== 0)).toBe(false);
  });

  it("that comes back from 0 with a flickering digit counted nothing either", () => {
    expect(counted([{ c: 3737 }, { c: 0 }, { c: 3736 }, { c: 3740 }])).toEqual([0, 0, 0, 3]);
  });

  it("whose last digit flickers counts nothing", () => {
    expect(counted([{ c: 2157 }, { c: 2156 }, { c: 2157 }, { c: 2156 }, { c: 2156 }, { c: 2159 }])).toEqual([0, 0, 0, 0, 0, 2]);
    expect(kinds([{ c: 2157 }, { c: 2156 }, { c: 2157 }])).toEqual([]);
  });

  it("that stays low was reset: nothing is counted for it, and what it shows may have been", () => {
    const found = spans(at([{ c: 439_534 }, { c: 718 }, { c: 727 }, { c: 736 }, { c: 745 }, { c: 754 }]));
    expect(sum(found)).toBe(36);
    expect(found.events).toMatchObject([{ kind: "reset", before: 439_534, after: 718, possible: 718 }]);
    expect(found.quality[1]).toBe(QUALITY.suspect);
  });

  it("that jumps up and back counted nothing there, and one that jumps for good neither", () => {
    const normal = Array.from({ length: 20 }, (_, i) => ({ c: 1000 + 9 * i }));
    expect(sum(spans(at([...normal, { c: 9_999_999 }, { c: 1189 }])))).toBe(189);
    expect(sum(spans(at([...normal, { c: 9_999_999 }, { c: 10_000_008 }])))).toBe(171 + 9);
    expect(kinds([...normal, { c: 9_999_999 }, { c: 10_000_008 }])).toEqual(["jump"]);
  });

  it("of another device has nothing to do with the one before", () => {
    const t = 1_000_000_000_000;
    expect(sum(spans(at([{ c: 99_800 }, { c: 99_812 }, { c: 500_000 }, { c: 500_007 }]), { swapsMs: [t + 20_000] }))).toBe(19);
  });

  it("never makes a negative amount count", () => {
    expect(counted([{ d: 5 }, { d: -3 }, { d: 4 }])).toEqual([5, 0, 4]);
  });
});

describe("a silence", () => {
  const quarter = (total: number, n: number) => Array.from({ length: n }, (_, i) => ({ c: total + 9 * i }));

  it("gives its pulses back over its whole time, marked", () => {
    const before = at(quarter(0, 40));
    const endMs = (before.at(-1)?.tMs as number) + 2_400_000;
    const found = spans([...before, { tMs: endMs, c: 39 * 9 + 1440 }]);
    const marked = Array.from(found.quality.keys()).filter((i) => ((found.quality[i] as number) & QUALITY.recoveredAfterGap) !== 0);
    expect(marked.map((i) => [(found.toMs[i] as number) - (found.fromMs[i] as number), found.pulses[i]])).toEqual([[2_400_000, 1440]]);
    expect(sum(found)).toBe(39 * 9 + 1440);
  });

  it("gives them back over itself also where messages without a register came first after it", () => {
    const before = at(quarter(0, 40));
    const lastMs = before.at(-1)?.tMs as number;
    const found = spans([...before, { tMs: lastMs + 2_400_000, d: 9 }, { tMs: lastMs + 2_415_000, d: 9, c: 39 * 9 + 1449 }]);
    const marked = Array.from(found.quality.keys()).filter((i) => ((found.quality[i] as number) & QUALITY.recoveredAfterGap) !== 0);
    expect(marked.map((i) => found.pulses[i])).toEqual([1431]);
    expect(sum(found)).toBe(39 * 9 + 1449);
  });

  it("is time nobody observed where no register brings anything back", () => {
    const before = at(Array.from({ length: 40 }, () => ({ d: 9 })));
    const lastMs = before.at(-1)?.tMs as number;
    const found = spans([...before, { tMs: lastMs + 2_400_000, d: 9 }]);
    expect((found.toMs.at(-1) as number) - (found.fromMs.at(-1) as number)).toBe(15_000);
    expect(sum(found)).toBe(41 * 9);
  });

  it("is none where a device sends a message for every pulse and there were few", () => {
    const gaps = [4, 7, 3, 9, 12, 5, 8, 20, 4, 7, 3, 9, 12, 5, 8, 20, 4, 7, 300, 4];
    let tMs = 1_000_000_000_000;
    const said = gaps.map((seconds, i) => {
      tMs += seconds * 1000;
      return { tMs, c: 500 + i };
    });
    expect(spans(said).quality.some((bits) => bits !== 0)).toBe(false);
  });
});

describe("a register that shows 0 for forty minutes", () => {
  it("gives back what was counted in them over all of them", () => {
    const said = [
      ...Array.from({ length: 20 }, (_, i) => ({ c: 50_000 + 9 * i })),
      ...Array.from({ length: 160 }, () => ({ c: 0 })),
      { c: 50_000 + 171 + 1449 },
    ];
    const found = spans(at(said));
    expect(sum(found)).toBe(171 + 1449);
    expect(Math.max(...found.pulses.filter((_, i) => ((found.quality[i] as number) & QUALITY.recoveredAfterGap) === 0))).toBe(9);
  });
});
