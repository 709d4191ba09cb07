import { randomBytes } from "node:crypto";
import { beginPairing, type PairingWish } from "#api/pairing.ts";
import { makeToken } from "#api/tokens.ts";
import type { Task } from "#cli/task.ts";

export interface PairArgs extends PairingWish {
  /** Name of a reader head that gets a login at our broker. */
  readonly reader?: string;
}

export interface PairAnswer {
  readonly code: string;
  readonly expiresMs: number;
  readonly reader?: { readonly name: string; readonly password: string };
}

/** Makes a pairing code, and a login for a reader head where one is named; both are told once. */
export const pairTask: Task<PairArgs, PairAnswer> = {
  name: "pair",
  async run({ house, args: { reader, ...wish } }) {
    const pairing = await beginPairing({ ...house, random: randomBytes }, wish);
    if (reader === undefined) return pairing;
    const { secret, token } = makeToken({ name: reader, role: "ingest", publishPrefix: reader }, house.nowMs(), randomBytes);
    await house.store.saveToken(token);
    return { ...pairing, reader: { name: reader, password: secret } };
  },
};
