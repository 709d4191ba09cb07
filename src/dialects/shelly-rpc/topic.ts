/** What a Shelly topic says: whose it is, and on which of its channels. */
export interface ShellyTopic {
  /** The topic prefix: the device's own id, where its owner gave it no other. */
  readonly device: string;
  readonly channel: "status" | "events" | "online";
  /** Whose status it is, `switch:0`; empty on the other channels. */
  readonly component: string;
}

const TOPIC = /^(.+)\/(?:status\/([^/]+)|(events)\/rpc|(online))$/s;

/** `house/fridge/status/switch:0` → house/fridge, status, switch:0. Missing: undefined where no Shelly device reports. */
export function shellyTopic(topic: string): ShellyTopic | undefined {
  const [, device, component, events] = TOPIC.exec(topic) ?? [];
  if (device === undefined) return undefined;
  if (component !== undefined) return { device, channel: "status", component };
  return { device, channel: events === undefined ? "online" : "events", component: "" };
}
