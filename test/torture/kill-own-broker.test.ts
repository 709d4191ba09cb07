import { describe, expect, test } from "vitest";
import { CuttingProxy } from "#test/cutting-proxy.ts";
import { freePort } from "#test/free-port.ts";
import { Server } from "#test/server.ts";
import { expectExactlyOnce } from "./exactly-once.ts";
import { CUTS, killOften, PATIENCE_MS, pause, report } from "./kills.ts";
import { KILL_YAML, NumberedPublisher } from "./numbered-publisher.ts";

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
    // Whether a kill hits between commit and PUBACK is chance; lines that are cut there prove it below.
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
    expect(again).toBeGreaterThan(0);
    await server.remove();
    await proxy.stop();
  });
});
