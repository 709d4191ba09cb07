import { createHmac, timingSafeEqual } from "node:crypto";
import type { Store } from "#store/store.ts";

export const SESSION_COOKIE = "wattkeep_session";
const SESSION_DAYS = 90;

const KEY_SETTING = "session.key";
const ENDED_SETTING = "session.ended";
const DAY_MS = 86_400_000;
const KEY_BYTES = 32;
const ID_BYTES = 12;

/** A browser that signed in: which token it did so with, and until when. */
export interface Session {
  readonly tokenId: string;
  readonly id: string;
  readonly expiresMs: number;
}

/**
 * Sessions as signed cookies. The value names a token, so a session ends with its token; a sign-out ends it at once,
 * and both outlive a restart.
 */
export interface Sessions {
  begin(tokenId: string): { value: string; expiresMs: number };
  /** Missing: undefined for a value that is forged, expired or signed out. */
  read(value: string): Session | undefined;
  end(session: Session): Promise<void>;
  hasEnded(session: Session): boolean;
}

interface SessionDeps {
  readonly store: Pick<Store, "setting" | "saveSetting">;
  readonly nowMs: () => number;
  readonly random: (count: number) => Uint8Array;
}

/** Opens the sessions of a store, making its signing key on the first start. */
export async function openSessions(deps: SessionDeps): Promise<Sessions> {
  const key = await signingKey(deps);
  let ended = readEnded(await deps.store.setting(ENDED_SETTING));
  const sign = (payload: string): Buffer => createHmac("sha256", key).update(payload).digest();

  return {
    begin(tokenId) {
      const expiresMs = deps.nowMs() + SESSION_DAYS * DAY_MS;
      const id = Buffer.from(deps.random(ID_BYTES)).toString("base64url");
      const payload = Buffer.from(JSON.stringify([tokenId, id, expiresMs])).toString("base64url");
      return { value: `${payload}.${sign(payload).toString("base64url")}`, expiresMs };
    },
    read(value) {
      const [payload = "", signature = "", ...more] = value.split(".");
      const given = Buffer.from(signature, "base64url");
      const wanted = sign(payload);
      if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      const [tokenId, id, expiresMs] = JSON.parse(Buffer.from(payload, "base64url").toString()) as [string, string, number];
      return deps.nowMs() < expiresMs && !ended.has(id) ? { tokenId, id, expiresMs } : undefined;
    },
    hasEnded: (session) => ended.has(session.id),
    async end(session) {
      const now = deps.nowMs();
      ended = new Map([...ended, [session.id, session.expiresMs] as const].filter(([, untilMs]) => untilMs > now));
      await deps.store.saveSetting(ENDED_SETTING, JSON.stringify([...ended]));
    },
  };
}

async function signingKey(deps: SessionDeps): Promise<Buffer> {
  const saved = await deps.store.setting(KEY_SETTING);
  if (saved !== undefined) return Buffer.from(saved, "base64url");
  const key = Buffer.from(deps.random(KEY_BYTES));
  await deps.store.saveSetting(KEY_SETTING, key.toString("base64url"));
  return key;
}

function readEnded(saved: string | undefined): Map<string, number> {
  return new Map(saved === undefined ? [] : (JSON.parse(saved) as [string, number][]));
}
