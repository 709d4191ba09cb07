import { describe, expect, it } from "vitest";
import { KeptVersions } from "./kept-versions.ts";

/** A series whose version is the number of changes that are through. */
function world() {
  const said = { version: 0, asked: 0 };
  const versions = new KeptVersions(async (seriesIds) => {
    said.asked += 1;
    return Float64Array.from(seriesIds, () => said.version);
  });
  let end = (): void => {};
  /** Begins a change; it is stored at once, and answered when `end` is called. */
  const begin = (): Promise<void> =>
    versions.change(async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      said.version += 1;
    });
  return { said, versions, begin, end: () => end() };
}

describe("versions that are kept", () => {
  it("are read once between two changes, and again after each", async () => {
    const { said, versions, begin, end } = world();
    await versions.read([1, 2]);
    expect([...(await versions.read([1, 2]))]).toEqual([0, 0]);
    expect(said.asked).toBe(1);
    const changing = begin();
    end();
    await changing;
    expect([...(await versions.read([1, 2]))]).toEqual([1, 1]);
    expect(said.asked).toBe(2);
  });

  it("are not kept while a change is under way, nor what was asked for before it", async () => {
    const { said, versions, begin, end } = world();
    const before = versions.read([1]);
    const changing = begin();
    await before;
    await versions.read([1]);
    end();
    await changing;
    expect([...(await versions.read([1]))]).toEqual([1]);
    expect(said.asked).toBe(3);
  });

  it("belong to who asked for them, and are asked for again after a failure", async () => {
    const { versions } = world();
    (await versions.read([1]))[0] = 99;
    expect([...(await versions.read([1]))]).toEqual([0]);
    let isBroken = true;
    const broken = new KeptVersions(async () => {
      if (isBroken) throw new Error("closed");
      return Float64Array.of(7);
    });
    await expect(broken.read([1])).rejects.toThrow("closed");
    isBroken = false;
    expect([...(await broken.read([1]))]).toEqual([7]);
    await expect(broken.change(() => Promise.reject(new Error("full")))).rejects.toThrow("full");
    expect([...(await broken.read([1]))]).toEqual([7]);
  });
});
