import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { EntityDevice } from "./entity.ts";
import { birthTopic, discoveryOf, OFFLINE, ONLINE, type Retained, stateOf, statusTopic, type Topics } from "./messages.ts";

export interface PublisherSettings extends Topics {
  /** Where the broker is and how to sign in there; undefined while our own is not up. */
  readonly broker: () => { readonly url: string; readonly login: IClientOptions } | undefined;
  readonly clientId: string;
  readonly version: string;
  readonly pageUrl?: string;
}

export interface PublisherParts {
  readonly settings: PublisherSettings;
  /** Every device with what its entities are now. */
  readonly devices: () => Promise<readonly EntityDevice[]>;
  /** Calls once, so many milliseconds from now; the answer takes it back. */
  readonly after: (ms: number, call: () => void) => () => void;
  readonly logger: { warn(about: object, message: string): void };
}

export interface Publisher {
  /** What keeps it from telling Home Assistant, in words; undefined while all is well. */
  problem(): string | undefined;
  close(): Promise<void>;
}

/** A page that is looked at is worth no more; and what has not changed is not said again. */
const EVERY_MS = 10_000;
const RECONNECT_MS = 5_000;
const QOS = 1;

/** Keeps Home Assistant told: what there is, once; what it is now, when it changes; and that we are gone, by the broker. */
export function openPublisher({ settings, devices, after, logger }: PublisherParts): Publisher {
  /** By topic what the broker was told; undefined where it is to be told again. */
  const told = new Map<string, string | undefined>();
  let client: MqttClient | undefined;
  let problem: string | undefined;
  let stopTimer = (): void => undefined;
  let closed = false;
  let running: Promise<void> = Promise.resolve();

  const publish = async (connected: MqttClient, { topic, payload }: Retained): Promise<void> => {
    if (told.get(topic) === payload) return;
    await say(connected, { topic, payload });
    told.set(topic, payload);
  };
  /** What is no more has still to be taken back, so its topics stay known. */
  const tellAgain = (): void => {
    for (const topic of told.keys()) told.set(topic, undefined);
  };

  const tell = async (): Promise<void> => {
    client ??= connect();
    if (client === undefined || !client.connected) return;
    const wanted = new Set<string>();
    for (const device of await devices())
      for (const entity of device.entities)
        for (const message of [discoveryOf(device, entity, settings), stateOf(device, entity, settings)]) {
          wanted.add(message.topic);
          await publish(client, message);
        }
    await forget(client, wanted);
    problem = undefined;
  };

  /** An entity that is no more is taken back by an empty message. */
  const forget = async (connected: MqttClient, wanted: ReadonlySet<string>): Promise<void> => {
    for (const topic of told.keys()) {
      if (wanted.has(topic)) continue;
      await say(connected, { topic, payload: "" });
      told.delete(topic);
    }
  };

  const connect = (): MqttClient | undefined => {
    const broker = settings.broker();
    if (broker === undefined) return undefined;
    const will = { topic: statusTopic(settings), payload: Buffer.from(OFFLINE), qos: QOS as 1, retain: true };
    const opened = mqtt.connect(broker.url, {
      ...broker.login,
      clientId: settings.clientId,
      clean: true,
      reconnectPeriod: RECONNECT_MS,
      will,
    });
    opened.on("error", (error) => {
      problem = `The broker for Home Assistant does not take us: ${error.message}`;
    });
    opened.on("connect", () => {
      // A broker that forgot what it kept is told everything again.
      tellAgain();
      opened.subscribe([birthTopic(settings), statusTopic(settings)], { qos: QOS });
      opened.publish(statusTopic(settings), ONLINE, { qos: QOS, retain: true });
      soon(0);
    });
    opened.on("message", (topic, payload) => {
      const text = payload.toString();
      // After a power cut the broker may say of the run before that it is gone when this one is long there.
      if (topic === statusTopic(settings) && text === OFFLINE && !closed)
        opened.publish(statusTopic(settings), ONLINE, { qos: QOS, retain: true });
      if (topic !== birthTopic(settings) || text !== ONLINE) return;
      tellAgain();
      soon(0);
    });
    return opened;
  };

  const look = (): void => {
    running = tell()
      .catch((error: unknown) => {
        problem = `Home Assistant could not be told: ${error instanceof Error ? error.message : String(error)}`;
        logger.warn({ err: error }, "Home Assistant could not be told; it is tried again");
      })
      .finally(() => soon(EVERY_MS));
  };
  const soon = (ms: number): void => {
    stopTimer();
    if (closed) return;
    const last = running;
    stopTimer = after(ms, () => void last.then(look));
  };
  soon(0);

  return {
    problem: () => problem,
    async close() {
      closed = true;
      stopTimer();
      await running;
      if (client === undefined) return;
      if (client.connected) await say(client, { topic: statusTopic(settings), payload: OFFLINE }).catch(() => undefined);
      await client.endAsync(true);
    },
  };
}

/** Errors: where the broker goes away meanwhile; what waits for its return would keep us from closing. */
function say(client: MqttClient, { topic, payload }: Retained): Promise<void> {
  return new Promise((done, failed) => {
    const lost = (): void => failed(new Error("the broker went away"));
    if (!client.connected) return lost();
    client.once("close", lost);
    client.publish(topic, payload, { qos: QOS, retain: true }, (error) => {
      client.off("close", lost);
      if (error) failed(error);
      else done();
    });
  });
}
