import { Readable } from "node:stream";
import type { Access, Identity } from "#api/access.ts";
import type { Logger } from "#api/deps.ts";
import type { PlantDesk } from "#api/plants/desk.ts";
import { latestAnswer, newestRow } from "./old-rows.ts";

const SECOND_MS = 1_000;
/** A comment that no reader sees keeps proxies and our own idle limit from closing a quiet connection. */
const SILENCE_MS = 15_000;
const KEEP_ALIVE = ": still here\n\n";
/** Bytes a reader has not taken yet after which it is closed. */
const MOST_WAITING = 262_144;

export interface OldStreamDeps {
  readonly desk: PlantDesk;
  readonly access: Pick<Access, "stillCounts">;
  readonly everySeconds: number;
  readonly logger: Logger;
}

/** Server-sent events of one reader: `latest` when a newer interval is there, `heartbeat` while there is none at all. */
export function openOldStream(deps: OldStreamDeps, identity: Identity | undefined): Readable {
  let lastMs: number | undefined;
  let silentMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const everyMs = deps.everySeconds * SECOND_MS;
  const stream = new Readable({
    read() {
      // What there is to say is said by the clock, not when it is asked for.
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });
  const say = (text: string): void => {
    silentMs = 0;
    if (!stream.destroyed) stream.push(text);
  };

  async function look(): Promise<void> {
    const row = await newestRow(deps.desk);
    if (row === undefined) return say(event("heartbeat", {}));
    if (row.endMs === lastMs) return;
    lastMs = row.endMs;
    say(event("latest", latestAnswer(row, deps.desk)));
  }

  async function turn(): Promise<void> {
    if (identity !== undefined && !(await deps.access.stillCounts(identity))) return end();
    await look().catch((error: unknown) => {
      deps.logger.warn({ error: String(error) }, "The newest interval could not be read for a stream");
      say(event("error", { message: "poll failure" }));
    });
    silentMs += everyMs;
    if (silentMs >= SILENCE_MS) say(KEEP_ALIVE);
    if (stream.readableLength > MOST_WAITING) stream.destroy();
    if (!stream.destroyed) timer = setTimeout(next, everyMs);
  }

  function end(): void {
    stream.push(null);
  }

  function next(): void {
    turn().catch((error: unknown) => stream.destroy(error as Error));
  }

  next();
  return stream;
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
