import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { findToken, hashToken, makeToken } from "./tokens.ts";

const NOW = 1_772_323_200_000;
const wish = { name: "wall", role: "viewer" } as const;

test("a secret says what it is and carries 256 bits", () => {
  expect(makeToken(wish, NOW, (count) => new Uint8Array(count).fill(255)).secret).toBe(`wk_${"_".repeat(42)}8`);
  expect(new Set(Array.from({ length: 100 }, () => makeToken(wish, NOW, randomBytes).secret)).size).toBe(100);
});

test("a device's secret fits the 30 characters that some firmware keeps, and is found like any other", () => {
  const { secret, token } = makeToken({ name: "meter", role: "ingest" }, NOW, randomBytes);
  expect(secret).toMatch(/^wk_[\w-]{24}$/);
  expect(findToken([token], secret, NOW)?.id).toBe(token.id);
});

test("what is stored is its SHA-256 and nothing else of it", () => {
  const { secret, token } = makeToken(wish, NOW, randomBytes);
  expect(token.sha256).toBe(createHash("sha256").update(secret).digest("hex"));
  expect(JSON.stringify(token)).not.toContain(secret.slice(3));
});

test("a token is found by its secret, until it expires or is revoked", () => {
  const made = [makeToken(wish, NOW, randomBytes), makeToken({ ...wish, days: 1 }, NOW, randomBytes), makeToken(wish, NOW, randomBytes)];
  const tokens = made.map(({ token }, i) => (i === 2 ? { ...token, revokedMs: NOW } : token));
  const found = (i: number, atMs: number) => findToken(tokens, made[i]?.secret ?? "", atMs)?.id;
  expect(found(0, NOW)).toBe(tokens[0]?.id);
  expect(found(1, NOW + 86_399_999)).toBe(tokens[1]?.id);
  expect(found(1, NOW + 86_400_000)).toBeUndefined();
  expect(found(2, NOW)).toBeUndefined();
});

test("nothing is found by a hash, a part or a stranger", () => {
  const { secret, token } = makeToken(wish, NOW, randomBytes);
  for (const guess of [
    token.sha256,
    secret.slice(0, -1),
    `${secret}A`,
    "",
    "wk_",
    hashToken(secret),
    makeToken(wish, NOW, randomBytes).secret,
  ]) {
    expect(findToken([token], guess, NOW)).toBeUndefined();
  }
});
