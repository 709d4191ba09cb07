import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { connectAsync } from "mqtt";
import { z } from "zod";
import { Exit } from "#cli/exit.ts";
import { terminalProgress } from "#cli/progress.ts";

/** One recorded message, a line of JSON. Without `tMs` it follows the one before at once. */
const recordedSchema = z.strictObject({
  topic: z.string().min(1),
  payload: z.string().optional(),
  payloadBase64: z.base64().optional(),
  tMs: z.number().optional(),
  qos: z.literal([0, 1]).default(1),
  retain: z.boolean().default(false),
});

/** `wattkeep replay FILE`: publishes recorded messages again, in their own rhythm times `--speed`. */
export function replayCommand(program: Command): void {
  program
    .command("replay")
    .argument("<file>", 'lines of JSON: {"topic":…, "payload":… or "payloadBase64":…, "tMs":…, "qos":…, "retain":…}')
    .description("publish recorded messages to a broker again")
    .option("--broker <url>", "where to publish", "mqtt://127.0.0.1:1883")
    .option("--speed <factor>", "how many times faster than recorded; 0 is as fast as the broker takes them", Number, 1)
    .action(replay);
}

async function replay(file: string, options: { broker: string; speed: number }): Promise<void> {
  if (!(options.speed >= 0)) throw new Exit(2, "--speed takes a number of 0 or more.");
  const size = await stat(file).catch(() => undefined);
  if (size === undefined) throw new Exit(2, `${file} cannot be read.`);
  const client = await connectAsync(options.broker, { reconnectPeriod: 0, connectTimeout: 5000 }).catch((error: Error) => {
    throw new Exit(1, `No broker answers at ${new URL(options.broker).host}: ${error.message}`);
  });
  const bar = terminalProgress(process.stderr, Date.now);
  const pace = pacer(options.speed);
  let sent = 0;
  let readBytes = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      readBytes += Buffer.byteLength(line) + 1;
      if (line.trim() === "") continue;
      const message = readLine(line, { file, number: sent + 1 });
      await pace(message.tMs);
      await client.publishAsync(
        message.topic,
        message.payloadBase64 === undefined ? (message.payload ?? "") : Buffer.from(message.payloadBase64, "base64"),
        message,
      );
      sent++;
      bar.report(readBytes, size.size, `${sent.toLocaleString("en")} messages`);
    }
  } finally {
    bar.end();
    await client.endAsync();
  }
  console.log(`${sent.toLocaleString("en")} messages published to ${new URL(options.broker).host}.`);
}

function readLine(line: string, at: { file: string; number: number }): z.infer<typeof recordedSchema> {
  try {
    return recordedSchema.parse(JSON.parse(line));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll("\n", " ") : "it is not JSON";
    throw new Exit(1, `${at.file}, message ${at.number}: ${why}`);
  }
}

/** Waits until a message is due, by its distance from the first one. */
function pacer(speed: number): (tMs: number | undefined) => Promise<void> {
  let first: { tMs: number; atMs: number } | undefined;
  return async (tMs) => {
    if (tMs === undefined || speed === 0) return;
    first ??= { tMs, atMs: performance.now() };
    const dueMs = first.atMs + (tMs - first.tMs) / speed - performance.now();
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
  };
}
