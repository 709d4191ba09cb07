import { describe, expect, it } from "vitest";
import { readPublish, readVarint } from "./publish.ts";

function read(hex: string, protocol: 4 | 5 = 4) {
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  return readPublish({ bytes, start: 0, inner: 2, end: bytes.length }, protocol);
}

describe("a PUBLISH", () => {
  it("is read at QoS 0 and 1, with its flags", () => {
    expect(read("30 06 0003 6d2f61 78")).toMatchObject({ topic: "m/a", qos: 0, packetId: 0, retain: false, dup: false, bytes: 1 });
    expect(read("3b 08 0003 6d2f61 0102 78")).toMatchObject({ topic: "m/a", qos: 1, packetId: 258, retain: true, dup: true, bytes: 1 });
  });

  it("may have no body", () => {
    expect(read("30 05 0003 6d2f61")?.body.length).toBe(0);
  });

  it("has properties before its body in MQTT 5", () => {
    expect(read("30 09 0003 6d2f61 02 0101 78", 5)?.body.toString()).toBe("x");
  });

  it.each([
    ["both QoS bits", "36 08 0003 6d2f61 0102 78", 4],
    ["a topic beyond its end", "30 05 0009 6d2f61", 4],
    ["no room for the packet id", "32 05 0003 6d2f61", 4],
    ["packet id 0", "32 07 0003 6d2f61 0000", 4],
    ["no topic", "30 03 0000 78", 4],
    ["no topic but an alias we never offered", "30 06 0000 03 230001", 5],
    ["properties beyond its end", "30 06 0003 6d2f61 09", 5],
    ["no properties length", "30 05 0003 6d2f61", 5],
    ["a single byte", "30 01 00", 4],
  ] as const)("is refused with %s", (_, hex, protocol) => {
    expect(read(hex, protocol)).toBeUndefined();
  });
});

describe("a variable byte integer", () => {
  it.each([
    ["00", 0],
    ["7f", 127],
    ["8001", 128],
    ["ffffff7f", 268_435_455],
  ])("%s is %s", (hex, value) => {
    expect(readVarint(Buffer.from(hex, "hex"), 0, hex.length / 2)).toEqual({ value, next: hex.length / 2 });
  });

  it("says when bytes are missing and when it is too long", () => {
    expect(readVarint(Buffer.from("8080", "hex"), 0, 2)).toBe("short");
    expect(readVarint(Buffer.from("8080808001", "hex"), 0, 5)).toBe("bad");
  });
});
