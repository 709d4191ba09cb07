import { join } from "node:path";
import { connectAsync } from "mqtt";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { openEmbeddedBroker } from "#intake/broker/broker.ts";
import { compileClaims } from "#intake/claims.ts";
import { openLine } from "#intake/line.ts";
import { intakeSources } from "#sources.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { RecordingLogger } from "#test/recording-line.ts";
import type { Server } from "#test/server.ts";

/** What a device says, and when it is heard. */
export interface Said {
  readonly atMs: number;
  readonly topic: string;
  readonly body: string;
}

/** Devices speak to a real broker while a clock that we hold goes on; the same line as ever stores what they say. The server must not run. */
export async function tell(server: Server, story: readonly Said[]): Promise<void> {
  const read = loadConfig({ file: join(server.folder, "wattkeep.yaml"), env: {}, cwd: server.folder, dialects: DIALECTS });
  if (read.config === undefined) throw new Error(read.problems.map(({ sentence }) => sentence).join(" "));
  const told = story.toSorted((a, b) => a.atMs - b.atMs);
  let clockMs = told[0]?.atMs ?? 0;
  const nowMs = (): number => clockMs;
  const logger = new RecordingLogger();
  const sources = intakeSources(read.config, false);
  const claims = compileClaims(sources);
  const store = await openStore({ folder: join(server.folder, "data"), inProcess: true, nowMs });
  const line = await openLine({ store, dialects: DIALECTS, nowMs, logger, sources, sites: read.config.sites });
  const broker = await openEmbeddedBroker(
    { name: "own", host: "127.0.0.1", port: 0, sourceOf: (topic) => claims.claim(topic), lingerMs: 0 },
    line,
    { nowMs, random: () => 0.5, logger },
  );
  const devices = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 });
  for (const { atMs, topic, body } of told) {
    clockMs = atMs;
    await devices.publishAsync(topic, body, { qos: 1 });
  }
  await devices.endAsync();
  await broker.close();
  await line.close();
  await store.close();
}
