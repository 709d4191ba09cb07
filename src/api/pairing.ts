import { createHash } from "node:crypto";
import type { Role, StoredToken } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import { counts, makeToken, sameHash } from "./tokens.ts";

export interface PairingWish {
  readonly role: Exclude<Role, "ingest">;
  readonly minutes: number;
}

interface PairingHouse {
  readonly store: Pick<Store, "tokens" | "saveToken">;
  readonly nowMs: () => number;
  readonly random: (count: number) => Uint8Array;
}

/** 80 bits, read aloud in four groups. */
const CODE_BYTES = 10;
const BITS_PER_LETTER = 5;
/** Without 0, 1, 8 and 9, which eyes mix up with letters. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MINUTE_MS = 60_000;

/** What follows the server's address in a pairing link: a fragment stays in the browser. */
export const pairingPath = (code: string): string => `#pair=${code}`;

/** Invites one browser. The invitation stands among the tokens, by the hash of its code, and is no token anybody could send. */
export async function beginPairing(house: PairingHouse, { role, minutes }: PairingWish): Promise<{ code: string; expiresMs: number }> {
  const code = codeOf(house.random(CODE_BYTES));
  const { token } = makeToken({ name: "Pairing link", role }, house.nowMs(), house.random);
  const expiresMs = house.nowMs() + minutes * MINUTE_MS;
  await house.store.saveToken({ ...token, sha256: hashOf(code), expiresMs });
  return { code, expiresMs };
}

/** Answers codes one after another, so that two browsers with one code are not both let in. */
export function openPairing(house: PairingHouse): { take(code: string, device: string): Promise<StoredToken | undefined> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(code, device) {
      const answer = last.then(() => take(house, code, device));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/**
 * Takes a code for a new token whose secret nobody knows: the session that begins with it ends when it is revoked.
 * Missing: undefined for a code that is unknown, used or expired.
 */
async function take(house: PairingHouse, code: string, device: string): Promise<StoredToken | undefined> {
  const nowMs = house.nowMs();
  const wanted = hashOf(code);
  const invitation = (await house.store.tokens()).find(({ sha256 }) => sameHash(sha256, wanted));
  if (invitation === undefined || !counts(invitation, nowMs)) return undefined;
  await house.store.saveToken({ ...invitation, revokedMs: nowMs });
  const { token } = makeToken({ name: device, role: invitation.role }, nowMs, house.random);
  await house.store.saveToken(token);
  return token;
}

/** `ABCD-EFGH-IJKL-MNOP`. */
function codeOf(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let left = (CODE_BYTES * 8) / BITS_PER_LETTER; left > 0; left -= 1) {
    text += LETTERS[Number(bits & 31n)];
    bits >>= BigInt(BITS_PER_LETTER);
  }
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** Case, blanks and hyphens do not matter. A token's secret has lower case and a prefix, so neither is ever taken for the other. */
function hashOf(code: string): string {
  return createHash("sha256")
    .update(`pair ${code.toUpperCase().replace(/[^A-Z2-7]/g, "")}`)
    .digest("hex");
}
