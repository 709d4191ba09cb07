import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bodyOf, keepPhoto, photoOf } from "./photos.ts";

const bytesOf = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));
const JPEG = bytesOf([0xff, 0xd8, 0xff, 0xe0], "JFIF and so on");
const PICTURES = [
  ["image/jpeg", JPEG],
  ["image/png", bytesOf([0x89], "PNG\r\n", [0x1a], "\n rest")],
  ["image/webp", bytesOf("RIFF", [1, 0, 0, 0], "WEBPVP8 ")],
  ["image/heic", bytesOf([0, 0, 0, 24], "ftypheic rest")],
] as const;

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "wattkeep-photos-")), "photos");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const keep = (id: string, bytes: Uint8Array) => keepPhoto(folder, id, { bytes, mark: "aa" });
const refusal = async (work: Promise<unknown>) => work.then(() => "kept").catch((error: { code: string }) => error.code);

describe("pictures of dials", () => {
  test.each(PICTURES)("%s is known by its first bytes and comes back as it was", async (type, bytes) => {
    await keep("picture1", bytes);
    const kept = await photoOf(folder, "picture1");
    expect(kept?.type).toBe(type);
    expect(Buffer.from(kept?.bytes ?? [])).toEqual(bytes);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(statSync(join(folder, readdirSync(folder)[0] as string)).mode & 0o077).toBe(0);
  });

  test.each([
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ["a film", "\0\0\0\x18ftypmp42"],
    ["nothing", ""],
  ])("%s is no picture", async (_what, text) => {
    expect(await refusal(keep("picture1", bytesOf(text)))).toBe("photo-unusable");
    expect(await photoOf(folder, "picture1")).toBeUndefined();
  });

  test("the same one again changes nothing, another one under its id is refused", async () => {
    await keep("picture1", JPEG);
    expect(await refusal(keep("picture1", JPEG))).toBe("kept");
    expect(await refusal(keep("picture1", PICTURES[1][1]))).toBe("photo-taken");
    expect((await photoOf(folder, "picture1"))?.type).toBe("image/jpeg");
  });

  test("a body larger than five mebibytes is refused on the way", async () => {
    async function* body() {
      for (let i = 0; i < 6; i += 1) yield new Uint8Array(1_048_576);
    }
    expect(await refusal(bodyOf(body()))).toBe("photo-unusable");
  });
});
