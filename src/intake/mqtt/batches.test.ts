import { describe, expect, it } from "vitest";
import { until } from "#test/until.ts";
import { Batches, type BatchesOptions } from "./batches.ts";

interface Item {
  readonly name: number;
  readonly bytes: number;
}

const item = (name: number, bytes = 10): Item => ({ name, bytes });

function gather(options: Partial<BatchesOptions<Item>> = {}) {
  const begun: number[][] = [];
  const stored: number[][] = [];
  const commits: (() => void)[] = [];
  const batches = new Batches<Item>({
    nowMs: () => 0,
    lingerMs: 0,
    eager: () => 4,
    eagerBehind: 4,
    most: 10,
    store: (batch) => {
      begun.push(batch.map(({ name }) => name));
      return new Promise((resolve) => commits.push(resolve));
    },
    stored: (batch) => void stored.push(batch.map(({ name }) => name)),
    failed: () => 0,
    worthwhile: () => true,
    ...options,
  });
  const commit = async (): Promise<void> => {
    await until(() => commits.length > 0);
    commits.shift()?.();
  };
  return { batches, begun, stored, commit };
}

describe("batches", () => {
  it("are stored one after the other, each with what came meanwhile, never above the most", async () => {
    const { batches, begun, stored, commit } = gather();
    batches.add(item(0));
    await until(() => begun.length === 1);
    for (let name = 1; name <= 12; name += 1) batches.add(item(name));
    expect(begun.length).toBe(1);
    for (let i = 0; i < 3; i += 1) await commit();
    await batches.finish();
    expect(stored).toEqual([[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12]]);
    expect(batches.bytes).toBe(0);
  });

  it("wait for company only while they are small", async () => {
    const { batches, begun, commit } = gather({ lingerMs: 20, nowMs: () => 1000 });
    batches.add(item(0));
    await commit();
    batches.add(item(1));
    batches.add(item(2));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([[0]]);
    await until(() => begun.length === 2);
    await commit();
    for (const name of [3, 4, 5, 6]) batches.add(item(name));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([[0], [1, 2], [3, 4, 5, 6]]);
    await commit();
    await batches.finish();
  });

  it("that fail are tried again without what is no longer worth it, before anything newer", async () => {
    const tried: number[][] = [];
    const { batches, stored } = gather({
      store: (batch) => {
        tried.push(batch.map(({ name }) => name));
        return tried.length < 3 ? Promise.reject(new Error("full")) : Promise.resolve();
      },
      failed: () => 3_600_000,
      worthwhile: ({ name }) => name !== 2,
    });
    for (const name of [1, 2, 3]) batches.add(item(name));
    await until(() => tried.length === 1);
    batches.add(item(4));
    for (const attempts of [2, 3]) {
      batches.wake();
      await until(() => tried.length >= attempts);
    }
    await until(() => stored.length === 2);
    expect(tried).toEqual([[1, 2, 3], [1, 3], [1, 3], [4]]);
    expect(batches.bytes).toBe(0);
  });

  it("are two under way at the most, and told as stored in the order they came whichever commits first", async () => {
    const commits: (() => void)[] = [];
    const { batches, stored } = gather({ most: 1, eagerBehind: 1, store: () => new Promise((resolve) => commits.push(resolve)) });
    for (const name of [1, 2, 3]) batches.add(item(name));
    await until(() => commits.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(commits.length).toBe(2);
    commits[1]?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stored).toEqual([]);
    commits[0]?.();
    await until(() => commits.length === 3);
    expect(stored).toEqual([[1], [2]]);
    commits[2]?.();
    await batches.finish();
    expect(stored).toEqual([[1], [2], [3]]);
  });

  it("that are given up make room for the next", async () => {
    const { batches, stored } = gather({
      store: (batch) => (batch[0]?.name === 1 ? Promise.reject(new Error("no")) : Promise.resolve()),
      failed: () => undefined,
    });
    batches.add(item(1));
    await batches.finish();
    batches.add(item(2));
    await batches.finish();
    expect(stored).toEqual([[2]]);
    expect(batches.bytes).toBe(0);
  });

  it("that wait to be tried again do not hold up the end", async () => {
    const { batches } = gather({ store: () => Promise.reject(new Error("full")), failed: () => 3_600_000 });
    batches.add(item(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await batches.finish();
    expect(batches.bytes).toBe(0);
  });
});
