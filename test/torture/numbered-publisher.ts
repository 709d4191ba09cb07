import mqtt, { type MqttClient } from "mqtt";

/** Two topics, both saying 1, 2, 3 …: one with the sender's own time, one without. */
export const TIMED = "kill/timed";
export const UNTIMED = "kill/untimed";

/** Of each topic: as many as can be asked for at once afterwards, however slow the machine. */
const MOST = 49_000;

/** The configuration that reads them. */
export const KILL_YAML = `
sites:
  test: { zone: Europe/Berlin, currency: EUR }
sources:
  timed:
    dialect: mapped-json
    topics: [${TIMED}]
    options: { time: { pointer: /tMs, format: epoch-ms }, readings: [{ pointer: /n, quantity: value, kind: gauge, point: timed }] }
  untimed:
    dialect: mapped-json
    topics: [${UNTIMED}]
    options: { readings: [{ pointer: /n, quantity: value, kind: gauge, point: untimed }] }
`;

/**
 * Publishes numbered messages at QoS 1 without pause, and remembers which were acknowledged. Like a good device it keeps
 * what was not, and sends it again under its old packet id after a broken connection.
 */
export class NumberedPublisher {
  readonly acknowledged = { timed: new Set<number>(), untimed: new Set<number>() };
  readonly #client: MqttClient;
  readonly #startMs = Date.now() - 3_600_000;
  #sent = 0;
  #underWay = 0;
  #going = true;

  constructor(url: string) {
    this.#client = mqtt.connect(url, { clientId: "numbered", clean: false, protocolVersion: 4, reconnectPeriod: 50, connectTimeout: 2000 });
    this.#client.on("error", () => undefined);
  }

  get sent(): number {
    return this.#sent;
  }

  /** Six messages of each topic every ten milliseconds, up to a hundred of both under way, until `finish`. */
  start(): void {
    const timer = setInterval(() => {
      for (let more = 0; more < 6 && this.#going && this.#underWay < 100 && this.#sent < MOST; more++) this.#publishNext();
      if (!this.#going) clearInterval(timer);
    }, 10);
  }

  /** So many of each topic at once. */
  burst(count: number): void {
    for (let more = 0; more < count; more++) this.#publishNext();
  }

  /** Stops sending and waits until everything sent is acknowledged. */
  async finish(): Promise<void> {
    this.#going = false;
    const giveUpMs = performance.now() + 60_000;
    while (this.#underWay > 0) {
      if (performance.now() > giveUpMs) throw new Error(`${this.#underWay} messages were never acknowledged`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await this.#client.endAsync(true);
  }

  #publishNext(): void {
    const n = ++this.#sent;
    this.#publish(TIMED, { n, tMs: this.#startMs + n * 10 }, () => this.acknowledged.timed.add(n));
    this.#publish(UNTIMED, { n }, () => this.acknowledged.untimed.add(n));
  }

  #publish(topic: string, payload: object, done: () => void): void {
    this.#underWay++;
    this.#client.publish(topic, JSON.stringify(payload), { qos: 1 }, (error) => {
      this.#underWay--;
      if (!error) done();
    });
  }
}
