import { describe, expect, it } from "vitest";
import type { ReadingSaidAnswer } from "#contract/meter-history.ts";
import { drain, mended, pastOf, type QueuedReading, type QueueLine, type QueueStore, retryMs } from "./queue.ts";

const reading = (key: string, more: Partial<QueuedReading> = {}): QueuedReading => ({
  key,
  meter: `house.${key}`,
  name: key,
  unit: "kWh",
  decimals: 1,
  tMs: 1_000,
  value: 7,
  note: "",
  photo: null,
  photoSent: false,
  unusual: false,
  state: "waiting",
  sentence: "",
  keptMs: key.charCodeAt(0),
  ...more,
});
class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly details = ["`at`: tomorrow has not come yet"];
  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}
const away = () => new Refused(0, "server-away", "Nobody answers.");
const said = (verdict: ReadingSaidAnswer["verdict"] = "plausible"): ReadingSaidAnswer => ({
  stored: true,
  verdict,
  sentence: `It is ${verdict}.`,
  expectation: { tMs: 0, lastMs: null, lastValue: null, expected: null, low: null, high: null, sentence: "" },
});

/** A device's memory and a line to the server that says what a test wants. */
function stage(start: readonly QueuedReading[], answer: (key: string) => ReadingSaidAnswer | Refused = () => said()) {
  const kept = new Map(start.map((one) => [one.key, one]));
  const photos = new Map(start.flatMap((one) => (one.photo === null ? [] : [[one.photo, new Blob(["jpeg"])] as const])));
  const sent: string[] = [];
  const store: QueueStore = {
    all: async () => [...kept.values()],
    put: async (one) => void kept.set(one.key, one),
    replace: async (key, one) => {
      kept.delete(key);
      kept.set(one.key, one);
    },
    remove: async (keys) => keys.forEach((key) => void kept.delete(key)),
    photo: async (id) => photos.get(id),
    dropPhoto: async (id) => void photos.delete(id),
  };
  const speak = (key: string) => {
    const answered = answer(key);
    sent.push(key);
    if (answered instanceof Refused) throw answered;
    return answered;
  };
  const line: QueueLine = {
    sendPhoto: async (id) => speak(id),
    sendReading: async (one) => speak(one.key),
  };
  return { kept, photos, sent, run: () => drain(store, line, () => {}) };
}

describe("readings that wait on a phone", () => {
  it("go out in the order they were read, each picture before its reading", async () => {
    const { run, sent, photos, kept } = stage([reading("c"), reading("a"), reading("b", { photo: "picture-b" })]);
    expect(await run()).toEqual({ end: "done" });
    expect(sent).toEqual(["a", "picture-b", "b", "c"]);
    expect(photos.size).toBe(0);
    expect([...kept.values()].map((one) => one.state)).toEqual(["sent", "sent", "sent"]);
  });

  it("stay as they are while the server is away, and none overtakes another", async () => {
    const { run, sent, kept } = stage([reading("a"), reading("b")], () => away());
    expect((await run()).end).toBe("away");
    expect(sent).toEqual(["a"]);
    expect([...kept.values()].every((one) => one.state === "waiting")).toBe(true);
  });

  it("stay when somebody has to sign in again, or may not", async () => {
    const refused = (status: number) => stage([reading("a")], () => new Refused(status, "x", "No."));
    expect(await refused(401).run()).toEqual({ end: "signed-out" });
    expect(await refused(403).run()).toEqual({ end: "forbidden", sentence: "No." });
    expect((await stage([reading("a")], () => new Refused(200, "not-json", "A portal.")).run()).end).toBe("away");
  });

  it("carry the sentence of a refusal, and let the next one pass", async () => {
    const { run, kept } = stage([reading("a"), reading("b")], (key) =>
      key === "a" ? new Refused(422, "reading-in-future", "It lies ahead.") : said(),
    );
    expect(await run()).toEqual({ end: "done" });
    expect(kept.get("a")).toMatchObject({ state: "refused", sentence: "It lies ahead. tomorrow has not come yet." });
    expect(kept.get("b")).toMatchObject({ state: "sent" });
  });

  it("do not send a picture again that arrived before the line broke", async () => {
    let broken = true;
    const { run, sent } = stage([reading("a", { photo: "picture-a" })], (key) => (key === "a" && broken ? away() : said()));
    await run();
    broken = false;
    await run();
    expect(sent).toEqual(["picture-a", "a", "a"]);
  });

  it("that somebody took back while they were on their way do not come back", async () => {
    const walk = stage([reading("a"), reading("b")], (key) => {
      if (key === "a") walk.kept.delete("a");
      return said();
    });
    await walk.run();
    expect([...walk.kept.keys()]).toEqual(["b"]);
  });

  it("count without a picture that the device lost", async () => {
    const lost = stage([reading("a", { photo: "picture-a" })]);
    lost.photos.clear();
    await lost.run();
    expect(lost.kept.get("a")).toMatchObject({ state: "sent", photo: null });
  });

  it("remember what the server thought of them, unless it knew them already", async () => {
    const verdict = async (one: ReadingSaidAnswer["verdict"], unusual: boolean) => {
      const { run, kept } = stage([reading("a", { unusual })], () => said(one));
      await run();
      return kept.get("a")?.unusual;
    };
    expect(await Promise.all([verdict("plausible", true), verdict("implausible", false), verdict("known", true)])).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("are mended under a new key, for the first may have arrived", () => {
    const before = reading("a", { photo: "picture", photoSent: true, state: "refused", sentence: "No." });
    expect(mended(before, { value: 8 }, "z")).toEqual({ ...before, key: "z", value: 8, state: "waiting", sentence: "" });
    expect(mended(before, { photo: null }, "z")).toMatchObject({ photo: null, photoSent: false });
  });

  it("are let go once they arrived and the walk is long over", () => {
    const all = [reading("a", { state: "sent", keptMs: 0 }), reading("b", { keptMs: 0 }), reading("c", { state: "sent", keptMs: 9e7 })];
    expect(pastOf(all, 1e8)).toEqual(["a"]);
  });
});

describe("the wait before another try", () => {
  it("doubles up to two minutes and is spread by chance", () => {
    expect([0, 1, 2, 20].map((tries) => retryMs(tries, 0.5))).toEqual([2_000, 4_000, 8_000, 120_000]);
    expect(retryMs(1, 0)).toBe(3_000);
  });
});
