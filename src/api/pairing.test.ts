import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { StoredToken } from "#store/records.ts";
import { beginPairing, openPairing } from "./pairing.ts";
import { findToken } from "./tokens.ts";

function houseAt(startMs: number) {
  const tokens = new Map<string, StoredToken>();
  const clock = { nowMs: startMs };
  const store = {
    tokens: async () => [...tokens.values()],
    saveToken: async (token: StoredToken) => void tokens.set(token.id, token),
  };
  return { store, nowMs: () => clock.nowMs, random: (count: number) => randomBytes(count), clock, tokens };
}

test("a code lets one browser in once, however it is typed, with a token of its own", async () => {
  const house = houseAt(0);
  const { code } = await beginPairing(house, { role: "operator", minutes: 15 });
  expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  const pairing = openPairing(house);
  const both = await Promise.all([pairing.take(code.toLowerCase().replaceAll("-", " "), "Tablet"), pairing.take(code, "Somebody else")]);
  expect(both.map((token) => token?.name)).toEqual(["Tablet", undefined]);
  expect(both[0]).toMatchObject({ role: "operator" });
  expect(both[0]?.expiresMs).toBeUndefined();
});

test("a code is none after its minutes, or when it is revoked on a page", async () => {
  const house = houseAt(0);
  const late = await beginPairing(house, { role: "viewer", minutes: 15 });
  house.clock.nowMs = 15 * 60_000;
  expect(await openPairing(house).take(late.code, "Phone")).toBeUndefined();
  const revoked = await beginPairing(house, { role: "viewer", minutes: 15 });
  for (const token of house.tokens.values()) house.tokens.set(token.id, { ...token, revokedMs: house.clock.nowMs });
  expect(await openPairing(house).take(revoked.code, "Phone")).toBeUndefined();
});

test("a code is no token, and a token is no code", async () => {
  const house = houseAt(0);
  const { code } = await beginPairing(house, { role: "admin", minutes: 1 });
  for (const secret of [code, `wk_${code}`, `wk_${code.replaceAll("-", "")}`]) {
    expect(findToken([...house.tokens.values()], secret, 0)).toBeUndefined();
  }
  for (const guess of ["", "----", "AAAA-AAAA-AAAA-AAAA", `${code}A`]) expect(await openPairing(house).take(guess, "x")).toBeUndefined();
});
