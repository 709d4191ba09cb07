import { describe, expect, it } from "vitest";
import type { LedgerInfo } from "#contract/sources.ts";
import { hexLines } from "./hex.ts";
import { claimYaml, redriveText, sourcesSentence, totalOf } from "./words.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const source = { name: "a", site: "s", dialect: "d", dialectTitle: "D", topics: [], perMinute: 1, qos0Share: 0, devices: [], demo: false };
const topic = { topic: "x/y", broker: "main", count: 3, lastMs: 0, sample: "" };
const guess = { dialect: "shelly", confidence: 0.9, evidence: "e", filter: 'shellies/+/"status"/#' };
const row = (more: Partial<LedgerInfo>): LedgerInfo => ({
  source: "a",
  messages: 0,
  withItems: 0,
  without: {},
  items: 0,
  stored: 0,
  replaced: 0,
  duplicate: 0,
  refused: 0,
  rejected: 0,
  spooled: 0,
  messagesBalance: 0,
  itemsBalance: 0,
  ...more,
});

describe("the sources sentence", () => {
  it("says that nothing was lost, and what nobody claims", () => {
    const answer = { nowMs: 0, brokers: [], sources: [source, source, source, source], unclaimed: [topic, topic] };
    expect(plain(sourcesSentence(answer, { perSecond: 38.2, balanced: true, rejectsOpen: 0 }))).toBe(
      "4 sources, 38 messages a second, nothing lost; 2 topics nobody claims.",
    );
  });

  it("does not say so when the ledger does not add up", () => {
    const answer = { nowMs: 0, brokers: [], sources: [source], unclaimed: [] };
    expect(plain(sourcesSentence(answer, { perSecond: 0.4, balanced: false, rejectsOpen: 2 }))).toBe(
      "1 source, 0.4 messages a second, the ledger does not add up; 2 rejected.",
    );
  });
});

describe("the lines that claim a topic", () => {
  it("quote what a broker may have sent", () => {
    expect(claimYaml({ ...topic, guess }, ["home", "my plant"])).toBe(
      [
        "sources:",
        "  shelly:",
        '    site: home # or "my plant"',
        "    broker: main",
        '    topics: ["shellies/+/\\"status\\"/#"]',
        "    dialect: shelly",
      ].join("\n"),
    );
  });

  it("are not offered for what nobody recognised", () => {
    expect(claimYaml(topic, ["home"])).toBeUndefined();
  });
});

describe("the ledger's total", () => {
  it("adds sources up without letting two faults cancel out", () => {
    const total = totalOf([
      row({ messages: 5, without: { status: 2 }, messagesBalance: 1 }),
      row({ messages: 7, without: { status: 1, retained: 4 }, messagesBalance: -1 }),
    ]);
    expect(total).toMatchObject({ messages: 12, without: { status: 3, retained: 4 }, messagesBalance: 2 });
  });
});

describe("a re-drive", () => {
  it("is told in words", () => {
    expect(redriveText({ tried: 7, mended: 3, stillRejected: 4, skipped: 0 })).toBe("7 read again: 3 became readings, 4 still rejected.");
    expect(redriveText({ tried: 0, mended: 0, stillRejected: 0, skipped: 0 })).toBe("There was nothing to read again.");
  });
});

describe("bytes", () => {
  it("stand sixteen in a line with their offset and what can be printed", () => {
    const lines = hexLines(Uint8Array.from([...new TextEncoder().encode("<b>0123456789abc"), 0, 255])).split("\n");
    expect(lines[0]).toBe("0000  3c 62 3e 30 31 32 33 34 35 36 37 38 39 61 62 63  <b>0123456789abc");
    expect(lines[1]?.startsWith("0010  00 ff")).toBe(true);
    expect(lines[1]?.endsWith("..")).toBe(true);
  });
});
