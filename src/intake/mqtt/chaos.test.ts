import fc from "fast-check";
import { expect, it } from "vitest";
import type { Arrival, Line } from "#intake/door.ts";
import { RecordingLogger } from "#test/recording-line.ts";
import { type Peer, type Script, ScriptedBroker } from "#test/scripted-broker.ts";
import { until } from "#test/until.ts";
import { openMqttDoor } from "./door.ts";

/** What happens to the connection after so many packets went over it: nothing, or a cut with or without the last acknowledgements. */
interface Mishap {
  readonly after: number;
  readonly ignoresAcks: boolean;
}

/** A broker as the standard wants it: keeps its session, sends again what was not acknowledged, with the same packet ids. */
class KeepingBroker {
  readonly #bodies: readonly string[];
  readonly #mishaps: Mishap[];
  readonly #window: number;
  readonly #unacknowledged: { id: number; body: string }[] = [];
  #next = 0;
  /** Acknowledgements that were out of order or of nothing. */
  readonly wrong: number[] = [];

  constructor(bodies: readonly string[], mishaps: readonly Mishap[], window: number) {
    this.#bodies = bodies;
    this.#mishaps = [...mishaps];
    this.#window = window;
  }

  get done(): boolean {
    return this.#next === this.#bodies.length && this.#unacknowledged.length === 0;
  }

  /** Serves one connection until its mishap or its end. */
  serve(peer: Peer, marksResends: boolean): void {
    const mishap = this.#mishaps.shift();
    let sent = 0;
    const send = (message: { id: number; body: string }, dup: boolean): void => {
      peer.publish("m/a", message.body, { id: message.id, dup: dup && marksResends });
      sent += 1;
    };
    for (const message of this.#unacknowledged) send(message, true);
    const go = (): void => {
      if (peer.socket.destroyed) return;
      if (mishap === undefined || !mishap.ignoresAcks || sent < mishap.after) this.#take(peer);
      while (this.#next < this.#bodies.length && this.#unacknowledged.length < this.#window) {
        const message = { id: (this.#next % 50) + 1, body: this.#bodies[this.#next] as string };
        this.#unacknowledged.push(message);
        this.#next += 1;
        send(message, false);
      }
      if (mishap !== undefined && sent >= mishap.after) peer.cut();
      else setTimeout(go, 1);
    };
    go();
  }

  #take(peer: Peer): void {
    for (const ack of peer.packets.splice(0)) {
      if (ack.cmd !== "puback") continue;
      if (this.#unacknowledged[0]?.id === ack.messageId) this.#unacknowledged.shift();
      else this.wrong.push(ack.messageId ?? -1);
    }
  }
}

/** A line with the inbox rule of the real one, and a store that fails now and then. */
class DedupingLine implements Line {
  readonly stored: string[] = [];
  readonly #inbox = new Map<number, string>();
  readonly #failures: boolean[];

  constructor(failures: readonly boolean[]) {
    this.#failures = [...failures];
  }

  async take(arrivals: readonly Arrival[]): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (this.#failures.shift() === true) throw new Error("The disk is full.");
    for (const { message, delivery } of arrivals) {
      const body = Buffer.from(message.body).toString();
      if (delivery === undefined) throw new Error("QoS 1 without delivery");
      if (delivery.resumed && this.#inbox.get(delivery.packetId) === body) continue;
      this.#inbox.set(delivery.packetId, body);
      this.stored.push(body);
    }
  }
}

it("stores each message once and in order, whatever is cut and whatever fails", async () => {
  const mishaps = fc.array(fc.record({ after: fc.integer({ min: 1, max: 12 }), ignoresAcks: fc.boolean() }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(mishaps, fc.array(fc.boolean(), { maxLength: 12 }), fc.boolean(), async (cuts, failures, marksResends) => {
      const bodies = Array.from({ length: 40 }, (_, i) => `reading ${i}`);
      const model = new KeepingBroker(bodies, cuts, 6);
      const connack: Script["connack"] = (_, nth) => ({ code: 0, sessionPresent: nth > 0 });
      const broker = await ScriptedBroker.start({ connack, subscribed: (peer) => model.serve(peer, marksResends) });
      const line = new DedupingLine(failures);
      const door = openMqttDoor(
        {
          name: "main",
          url: broker.url,
          clientId: "c",
          filters: ["m/#"],
          sourceOf: () => "meter",
          backoff: { minMs: 1, maxMs: 3 },
          lingerMs: 1,
        },
        line,
        { nowMs: () => Date.now(), random: () => 0.5, logger: new RecordingLogger() },
      );
      try {
        await until(() => model.done, "all acknowledged");
        expect(model.wrong).toEqual([]);
        expect(line.stored).toEqual(bodies);
      } finally {
        await door.close();
        await broker.stop();
      }
    }),
    { numRuns: 30 },
  );
});
