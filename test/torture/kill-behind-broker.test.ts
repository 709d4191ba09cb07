import { expect, test } from "vitest";
import { CuttingProxy } from "#test/cutting-proxy.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";
import { expectExactlyOnce } from "./exactly-once.ts";
import { CUTS, drained, killOften, PATIENCE_MS, pause, report } from "./kills.ts";
import { KILL_YAML, NumberedPublisher } from "./numbered-publisher.ts";

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
    expect(again).toBeGreaterThan(0);
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
    expect(again).toBeGreaterThan(0);
    await server.remove();
    await proxy.stop();
    await broker.stop();
  });

  // Mosquitto 2.0.11 sends a backlog whole, whatever window it was given.
  test("nor does it when the line is cut while everything that waited for it comes at once", { timeout: PATIENCE_MS }, async () => {
    const broker = await Mosquitto.start(["max_inflight_messages 200", "max_queued_messages 0"]);
    const proxy = await CuttingProxy.start(() => broker.port);
    const server = await Server.start({ yaml: KILL_YAML, mqtt: `mqtt://127.0.0.1:${proxy.port}` });
    await pause(500);
    await server.end();
    const publisher = new NumberedPublisher(broker.url);
    publisher.burst(8_000);
    await publisher.finish();
    await server.run();
    await proxy.sent(300_000);
    await proxy.loseAndCut("to-broker", 60);
    await drained(server, publisher);
    const again = await expectExactlyOnce(server, publisher);
    report("Mosquitto, a backlog cut before PUBACK", publisher, again);
    expect(again).toBeGreaterThan(0);
    await server.remove();
    await proxy.stop();
    await broker.stop();
  });
});
