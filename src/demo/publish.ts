import { connectAsync, type MqttClient } from "mqtt";
import type { DemoDevice } from "./device.ts";

export interface Publisher {
  close(): Promise<void>;
}

export interface PublishOptions {
  readonly url: string;
  readonly nowMs: () => number;
  /** What was due before is told already. */
  readonly sinceMs: number;
}

/** Looks for due messages this often; devices speak at whole seconds or so. */
const TICK_MS = 250;

/**
 * Lets the devices speak over MQTT, each at its own pace, until closed. A device that was due while the machine slept
 * speaks once, with what it would say now.
 */
export async function publishDevices(devices: readonly DemoDevice[], options: PublishOptions): Promise<Publisher> {
  const client = await connectAsync(options.url, { clientId: "wattkeep-demo", reconnectPeriod: 1000, clean: true });
  // The client reports every failed attempt to reconnect; it goes on trying by itself.
  client.on("error", () => undefined);
  const next = devices.map((device) => dueAfter(device, options.sinceMs - 1));
  const timer = setInterval(() => {
    const nowMs = options.nowMs();
    for (const [index, device] of devices.entries()) {
      if (nowMs < (next[index] as number)) continue;
      const dueMs = dueAfter(device, nowMs) - device.everyMs;
      next[index] = dueMs + device.everyMs;
      speak(client, device, dueMs);
    }
  }, TICK_MS);
  return {
    async close() {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
}

/** The first instant after nowMs at which the device speaks. */
function dueAfter(device: DemoDevice, nowMs: number): number {
  const offsetMs = device.offsetMs ?? 0;
  return (Math.floor((nowMs - offsetMs) / device.everyMs) + 1) * device.everyMs + offsetMs;
}

function speak(client: MqttClient, device: DemoDevice, tMs: number): void {
  const payload = device.payload(tMs);
  if (payload !== undefined && client.connected) client.publish(device.topic, payload, { qos: device.qos ?? 1 });
}
