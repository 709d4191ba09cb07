import { expect } from "vitest";
import type { Server } from "#test/server.ts";
import type { NumberedPublisher } from "./numbered-publisher.ts";

const KILLS = 40;
export const CUTS = 15;
export const PATIENCE_MS = 300_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills and restarts the server at random moments of a busy life. */
export async function killOften(server: Server): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(Math.random() * 500);
    await server.kill();
    await server.run();
  }
}

/** Waits until the server has as many messages behind it as were acknowledged to it: longer than it waits to connect again after many cuts. */
export async function drained(server: Server, publisher: NumberedPublisher): Promise<void> {
  const wanted = publisher.sent;
  for (let tries = 0; tries < 4500; tries++) {
    const { sources } = await server.get<{ sources: { stored: number }[] }>("/api/v1/ledger");
    if (sources.length === 2 && sources.every((row) => row.stored >= wanted)) return;
    await pause(20);
  }
  throw new Error(
    `not everything that was acknowledged arrived within 90 s and more: ${JSON.stringify(await server.get("/api/v1/ledger"))}`,
  );
}

/** A run in which hardly anything was acknowledged has proved nothing. */
export function report(what: string, publisher: NumberedPublisher, again: number): void {
  const acknowledged = publisher.acknowledged.timed.size + publisher.acknowledged.untimed.size;
  console.info(`${what}: ${2 * publisher.sent} sent, ${acknowledged} acknowledged, ${again} came again, 0 lost, 0 twice`);
  expect(acknowledged).toBeGreaterThan(500);
}
