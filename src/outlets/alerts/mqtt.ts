import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { type Channel, ChannelProblem, type Message, oneLine } from "./channel.ts";
import { CONNECT_MS } from "./http.ts";
import { webhookBody } from "./webhook.ts";

export interface MqttSettings {
  readonly name: string;
  /** Where the broker is and how to sign in there; undefined while our own is not up. */
  readonly broker: () => { readonly url: string; readonly login: IClientOptions } | undefined;
  /** What may be shown of it. */
  readonly target: string;
  readonly secrets: readonly string[];
  readonly clientId: string;
  /** Begins every topic. */
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  /** Events are kept by the broker too; states always are. */
  readonly retain: boolean;
}

const RECONNECT_MS = 5_000;

/**
 * States and events for machines: `<topic>/<rule>/<subject>` as JSON and `<topic>/<rule>/<subject>/active` as `1` or `0`, both
 * retained, `<topic>/event` for each notice, and `<topic>/status`, which the broker itself turns to `offline` when we are gone.
 */
export function mqttChannel(settings: MqttSettings): Channel {
  const { name, target, secrets, topic, qos, retain } = settings;
  const states = new Map<string, Message>();
  let client: MqttClient | undefined;

  /** The client, connecting since the first time it is asked for; it goes on trying by itself. */
  const connection = (): MqttClient => {
    if (client !== undefined) return client;
    const broker = settings.broker();
    if (broker === undefined) throw new ChannelProblem("away", "No broker is there yet.");
    const will = { topic: `${topic}/status`, payload: Buffer.from("offline"), qos: 1 as const, retain: true };
    const opened = mqtt.connect(broker.url, {
      ...broker.login,
      clientId: settings.clientId,
      clean: true,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: RECONNECT_MS,
      // What waits is in the store: the client itself keeps nothing for later.
      queueQoSZero: false,
      resubscribe: false,
      will,
    });
    opened.on("error", () => undefined);
    opened.on("connect", () => {
      opened.publish(`${topic}/status`, "online", { qos: 1, retain: true });
      // A broker that forgot what it kept is told again.
      for (const message of states.values())
        for (const one of stateOf(topic, message)) opened.publish(one.topic, one.payload, { qos: 1, retain: true });
    });
    client = opened;
    return opened;
  };

  const send = async (message: Message, id: string, signal: AbortSignal): Promise<void> => {
    const opened = connection();
    await connected(opened, signal, target);
    const event = { topic: `${topic}/event`, payload: JSON.stringify(webhookBody(message, id)), qos, retain };
    const state = message.what === "test" ? [] : stateOf(topic, message).map((one) => ({ ...one, qos: atLeast(qos), retain: true }));
    const published = [...state, event].map((one) => opened.publishAsync(one.topic, one.payload, { qos: one.qos, retain: one.retain }));
    await inTime(Promise.all(published), signal, target);
    if (message.what !== "test") states.set(keyOf(message), message);
  };

  return {
    name,
    kind: "mqtt",
    target,
    secrets,
    check: (signal) => connected(connection(), signal, target),
    send: (message, { id, signal }) => send(message, id, signal),
    restore(standing) {
      for (const message of standing) states.set(keyOf(message), message);
    },
    async close() {
      if (client === undefined) return;
      if (client.connected) await client.publishAsync(`${topic}/status`, "offline", { qos: 0, retain: true }).catch(() => undefined);
      await client.endAsync(true);
    },
  };
}

const keyOf = ({ rule, subject }: Message): string => `${rule}\n${subject}`;

/** A state may not be lost on its way, whatever events are allowed to. */
const atLeast = (qos: 0 | 1 | 2): 1 | 2 => (qos === 2 ? 2 : 1);

/** One rule's word on one subject, for programs and for a PLC that reads no JSON. */
function stateOf(topic: string, message: Message): { topic: string; payload: string }[] {
  const isOn = message.what !== "cleared";
  const { severity, value, unit, tMs } = message;
  const payload = JSON.stringify({
    state: isOn ? "ON" : "OFF",
    severity,
    title: oneLine(message.title),
    value: Number.isFinite(value) ? value : null,
    unit,
    atMs: tMs,
    sinceMs: isOn ? message.firedMs : tMs,
  });
  const at = `${topic}/${topicPart(message.rule)}/${topicPart(message.subject)}`;
  return [
    { topic: at, payload },
    { topic: `${at}/active`, payload: isOn ? "1" : "0" },
  ];
}

/** Name of a rule or a subject as one level of a topic. */
export function topicPart(name: string): string {
  return name.replace(/[^\p{L}\p{N}.@-]+/gu, "_").slice(0, 200);
}

/** Errors: ChannelProblem `away` where the broker does not come back in time, `person` where it refuses us. */
async function connected(client: MqttClient, signal: AbortSignal, target: string): Promise<void> {
  if (client.connected) return;
  let leave = (): void => undefined;
  const waiting = new Promise<void>((resolve, reject) => {
    const refused = (error: Error & { code?: unknown }): void => {
      // 4 and 5 of MQTT 3.1.1, 134 and 135 of MQTT 5: who we are does not count.
      if ([4, 5, 134, 135].includes(Number(error.code)))
        reject(new ChannelProblem("person", `The broker of ${target} does not let us in: look at user and password.`));
    };
    const arrived = (): void => resolve();
    client.on("connect", arrived);
    client.on("error", refused);
    leave = () => void client.off("error", refused).off("connect", arrived);
  });
  await inTime(waiting, signal, target).finally(leave);
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal, target: string): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new ChannelProblem("away", `The broker of ${target} does not answer.`));
    if (signal.aborted) tell();
    else signal.addEventListener("abort", tell, { once: true });
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).catch((error: unknown) => {
    throw error instanceof ChannelProblem ? error : new ChannelProblem("away", `The broker of ${target} did not take it.`);
  });
}
