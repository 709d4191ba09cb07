import { createHash, timingSafeEqual } from "node:crypto";
import type { Role, StoredToken } from "#store/records.ts";

const SECRET_BYTES = 32;
/** Firmware of meters and plugs cuts a password after 30 to 32 characters: 144 bits make one of 27. */
const DEVICE_SECRET_BYTES = 18;
const ID_BYTES = 6;
const SECRET = /^wk_(?:[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{24})$/;

/** A new secret. Shown once; only its hash is stored. */
function newSecret(role: Role, random: (count: number) => Uint8Array): string {
  return `wk_${Buffer.from(random(role === "ingest" ? DEVICE_SECRET_BYTES : SECRET_BYTES)).toString("base64url")}`;
}

/** What is stored of a secret. */
export function hashToken(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export interface TokenWish {
  readonly name: string;
  readonly role: Role;
  readonly publishPrefix?: string | undefined;
  readonly days?: number | undefined;
}

const DAY_MS = 86_400_000;

/** A token and the secret that is told once; the caller stores the token. */
export function makeToken(wish: TokenWish, nowMs: number, random: (count: number) => Uint8Array): { secret: string; token: StoredToken } {
  const secret = newSecret(wish.role, random);
  const token: StoredToken = {
    id: Buffer.from(random(ID_BYTES)).toString("hex"),
    name: wish.name,
    role: wish.role,
    sha256: hashToken(secret),
    ...(wish.publishPrefix === undefined ? {} : { publishPrefix: wish.publishPrefix }),
    createdMs: nowMs,
    ...(wish.days === undefined ? {} : { expiresMs: nowMs + wish.days * DAY_MS }),
  };
  return { secret, token };
}

/**
 * The token a secret belongs to, if it still counts. Every token is compared, each in constant time.
 * Missing: undefined for a secret that is unknown, expired or revoked.
 */
export function findToken(tokens: readonly StoredToken[], secret: string, nowMs: number): StoredToken | undefined {
  if (!SECRET.test(secret)) return undefined;
  const wanted = hashToken(secret);
  let found: StoredToken | undefined;
  for (const token of tokens) if (sameHash(token.sha256, wanted)) found = token;
  return found && counts(found, nowMs) ? found : undefined;
}

/** Whether two hashes are one, told in constant time. */
export function sameHash(a: string, b: string): boolean {
  const [have, wanted] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return have.length === wanted.length && timingSafeEqual(have, wanted);
}

/** Whether a token is neither revoked nor expired. */
export function counts(token: StoredToken, nowMs: number): boolean {
  return token.revokedMs === undefined && (token.expiresMs === undefined || nowMs < token.expiresMs);
}
