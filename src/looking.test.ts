import { expect, test } from "vitest";
import { openLooking } from "./looking.ts";

interface Thing {
  readonly name: string;
}

function world() {
  const there = ["a"];
  let nowMs = 0;
  const find = async (known: ReadonlyMap<string, Thing>) => {
    const names = [...there];
    await Promise.resolve();
    return new Map(names.map((name) => [name, known.get(name) ?? { name }]));
  };
  return { there, find, nowMs: () => nowMs, wait: (ms: number) => (nowMs += ms) };
}

test("what goes on is the same thing, also where two look at once", async () => {
  const { there, find, nowMs } = world();
  const looking = await openLooking({ nowMs, find });
  const [a] = looking.current();
  there.push("b");
  const first = looking.look();
  there.push("c");
  await Promise.all([first, looking.look()]);
  const all = looking.current();
  expect(all.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(all[0]).toBe(a);
  await looking.look();
  expect(looking.current()[1]).toBe(all[1]);
});

test("a question finds what was registered without a word, some seconds later", async () => {
  const { there, find, nowMs, wait } = world();
  const looking = await openLooking({ nowMs, find });
  there.push("b");
  expect(looking.current()).toHaveLength(1);
  wait(2_001);
  looking.current();
  await expect.poll(() => looking.current().length).toBe(2);
});

test("a look that failed keeps what was there, and the next one finds", async () => {
  const { find, nowMs } = world();
  let fails = false;
  const looking = await openLooking<Thing>({ nowMs, find: async (known) => (fails ? Promise.reject(new Error("away")) : find(known)) });
  fails = true;
  await expect(looking.look()).rejects.toThrow("away");
  expect(looking.current()).toHaveLength(1);
  fails = false;
  await looking.look();
  expect(looking.current()).toHaveLength(1);
});
