import { describe, expect, it } from "vitest";
import { createColumnBatch } from "./column-batch.ts";

const column = (key: string) => ({
  key,
  unit: "W",
  kind: "gauge",
  mode: "raw" as const,
  tMs: [],
  value: [],
  quality: [],
  samples: 0,
});

function stage(fail = false) {
  const asked: string[][] = [];
  let run = () => {};
  const load = createColumnBatch({
    later: (then) => {
      run = then;
    },
    fetch: async ({ series, fromMs, toMs }) => {
      asked.push([...series]);
      if (fail) throw new Error("away");
      return { fromMs, toMs, columns: series.filter((key) => key !== "unknown").map(column) };
    },
  });
  return { asked, load, flush: () => run() };
}

const wish = (key: string, fromMs = 0) => ({ key, fromMs, toMs: 10, points: 56 });

describe("short histories", () => {
  it("asked for together travel together, each key once, forty at most", async () => {
    const { asked, load, flush } = stage();
    const keys = Array.from({ length: 45 }, (_, index) => `s${index}`);
    const answers = [...keys, "s0"].map((key) => load(wish(key)));
    flush();
    expect((await Promise.all(answers)).map((one) => one?.key)).toEqual([...keys, "s0"]);
    expect(asked.map((series) => series.length)).toEqual([40, 6]);
  });

  it("of other windows travel apart", async () => {
    const { asked, load, flush } = stage();
    const answers = [load(wish("a")), load(wish("a", 5))];
    flush();
    await Promise.all(answers);
    expect(asked).toEqual([["a"], ["a"]]);
  });

  it("of an unknown series are null", async () => {
    const { load, flush } = stage();
    const answer = load(wish("unknown"));
    flush();
    expect(await answer).toBeNull();
  });

  it("fail together, each with the reason", async () => {
    const { load, flush } = stage(true);
    const answers = [load(wish("a")), load(wish("b"))];
    flush();
    const settled = await Promise.allSettled(answers);
    expect(settled.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  });
});
