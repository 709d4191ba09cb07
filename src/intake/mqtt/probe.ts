import type { Socket } from "node:net";
import { generate } from "mqtt-packet";
import { openWire } from "./wire.ts";

const CONNACK = 2;

/**
 * Whether an MQTT broker answers at the URL within the time: any CONNACK counts, a refusal too.
 * Errors: never rejects.
 */
export function probeBroker(url: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = opened(url);
    if (socket === undefined) {
      resolve(false);
      return;
    }
    const timer = setTimeout(() => answer(false), timeoutMs);
    const answer = (answers: boolean): void => {
      clearTimeout(timer);
      if (answers) socket.end(generate({ cmd: "disconnect" }));
      else socket.destroy();
      resolve(answers);
    };
    socket.once("data", (bytes) => answer((bytes[0] as number) >> 4 === CONNACK));
    socket.on("error", () => answer(false));
    socket.on("close", () => answer(false));
  });
}

/** Undefined when the URL is no broker's address. */
function opened(url: string): Socket | undefined {
  try {
    const socket = openWire({ url }, () => {
      const clientId = `wattkeep-probe-${process.pid}`;
      socket.write(generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clientId, clean: true, keepalive: 10 }));
    });
    return socket;
  } catch {
    return undefined;
  }
}
