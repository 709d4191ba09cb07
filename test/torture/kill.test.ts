import { describe, expect, test } from "vitest";
import { CuttingProxy } from "#test/cutting-proxy.ts";
import { freePort } from "#test/free-port.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";
import { expectExactlyOnce } from "./exactly-once.ts";
import { KILL_YAML, NumberedPublisher } from "./numbered-publisher.ts";

const KILLS = 40;
const CUTS = 15;
const PATIENCE_MS = 300_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills and restarts the server at random moments of a busy life. */
async function killOften(server: Server): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(Math.random() * 500);
    await server.kill();
    await server.run();
  }
}

/** Waits until the server has as many messages behind it as were acknowledged to it, and says no more come. */
async function drained(server: Server, publisher: NumberedPublisher): Promise<void> {
  const wanted = publisher.sent;
  for (let tries = 0; tries < 1500; tries++) {
    const { sources } = await server.get<{ sources: { stored: number }[] }>("/api/v1/ledger");
    if (sources.length === 2 && sources.every((row) => row.stored >= wanted)) return;
    await pause(20);
  }
}

/** A run in which nothing came again has proved nothing. */
function report(what: string, publisher: NumberedPublisher, again: number): void {
  const acknowledged = publisher.acknowledged.timed.size + publisher.acknowledged.untimed.size;
  console.info(`${what}: ${2 * publisher.sent} sent, ${acknowledged} acknowledged, ${again} came again, 0 lost, 0 twice`);
  expect(acknowledged).toBeGreaterThan(1000);
  expect(again).toBeGreaterThan(0);
}

outside("mosquitto")("a server killed forty times between a broker and its disk", () => {
  test("loses no acknowledged reading and stores none twice", { timeout: PATIENCE_MS }, async () => {
    const broker = await Mosquitto.start(["max_inflight_messages 200", "max_queued_messages 0"]);
    const server = await Server.start({ yaml: KILL_YAML, mqtt: broker.url });
    await pause(500);
    const publisher = new NumberedPublisher(broker.url);
    publisher.start();
    await killOften(server);
    await publisher.finish();
    await drained(server, publisher);
    const again = await expectExactlyOnce(server, publisher);
    report("Mosquitto, 40 kills", publisher, again);
    await server.remove();
    await broker.stop();
  });

  test("nor does it when the line is cut between commit and PUBACK", { timeout: PATIENCE_MS }, async () => {
    const broker = await Mosquitto.start(["max_inflight_messages 200", "max_queued_messages 0"]);
    const proxy = await CuttingProxy.start(() => broker.port);
    const server = await Server.start({ yaml: KILL_YAML, mqtt: `mqtt://127.0.0.1:${proxy.port}` });
    await pause(500);
    const publisher = new NumberedPublisher(broker.url);
    publisher.start();
    for (let cut = 0; cut < CUTS; cut++) {
      await pause(300 + Math.random() * 1200);
      await proxy.loseAndCut("to-broker", 60);
    }
    await publisher.finish();
    await drained(server, publisher);
    const again = await expectExactlyOnce(server, publisher);
    report("Mosquitto, 15 lines cut before PUBACK", publisher, again);
    await server.remove();
    await proxy.stop();
    await broker.stop();
  });
});

describe("a server killed forty times that is the broker itself", () => {
  test("loses no acknowledged reading and stores none twice", { timeout: PATIENCE_MS }, async () => {
    const port = await freePort();
    const server = await Server.start({ yaml: KILL_YAML, mqtt: `embedded:${port}` });
    const publisher = new NumberedPublisher(`mqtt://127.0.0.1:${port}`);
    publisher.start();
    await killOften(server);
    await publisher.finish();
    const again = await expectExactlyOnce(server, publisher);
    report("own broker, 40 kills", publisher, again);
    await server.remove();
  });

  test("nor does it when the line is cut between commit and PUBACK", { timeout: PATIENCE_MS }, async () => {
    const port = await freePort();
    const server = await Server.start({ yaml: KILL_YAML, mqtt: `embedded:${port}` });
    const proxy = await CuttingProxy.start(() => port);
    const publisher = new NumberedPublisher(`mqtt://127.0.0.1:${proxy.port}`);
    publisher.start();
    for (let cut = 0; cut < CUTS; cut++) {
      await pause(300 + Math.random() * 700);
      await proxy.loseAndCut("to-client", 60);
    }
    await publisher.finish();
    const again = await expectExactlyOnce(server, publisher);
    report("own broker, 15 lines cut before PUBACK", publisher, again);
    await server.remove();
    await proxy.stop();
  });
});
