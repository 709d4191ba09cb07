import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { generate, type IConnectPacket, type ISubscribePacket, type Packet, type PacketCmd, parser } from "mqtt-packet";
import { until } from "#test/until.ts";

/** One connection at the scripted broker: what it sent, and a hand to send anything back. */
export class Peer {
  readonly packets: Packet[] = [];
  readonly socket: Socket;
  version: 4 | 5 = 4;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Packet ids acknowledged so far, in order. */
  get acks(): number[] {
    return this.packets.flatMap((packet) => (packet.cmd === "puback" ? [packet.messageId ?? -1] : []));
  }

  of(cmd: PacketCmd): Packet[] {
    return this.packets.filter((packet) => packet.cmd === cmd);
  }

  send(packet: Packet): void {
    this.raw(generate(packet, { protocolVersion: this.version }));
  }

  raw(bytes: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  publish(topic: string, payload: string | Buffer, options: { id?: number; qos?: 0 | 1 | 2; dup?: boolean; retain?: boolean } = {}): void {
    const { id, qos = id === undefined ? 0 : 1, dup = false, retain = false } = options;
    this.send({ cmd: "publish", topic, payload, qos, dup, retain, ...(id === undefined ? {} : { messageId: id }) });
  }

  cut(): void {
    this.socket.destroy();
  }
}

export interface Answer {
  readonly code: number;
  readonly sessionPresent: boolean;
  readonly serverKeepAlive?: number;
}

export interface Script {
  /** What to answer to CONNECT, perhaps later; undefined hangs up. Accepts without a session unless said. */
  connack?(packet: IConnectPacket, nth: number): Answer | undefined | Promise<Answer | undefined>;
  granted?(packet: ISubscribePacket): number[];
  /** Called after each SUBACK. */
  subscribed?(peer: Peer): void;
  /** Whether PINGREQ is answered. */
  pong?: boolean;
}

/** A broker that does what a test says, nothing more. */
export class ScriptedBroker {
  readonly peers: Peer[] = [];
  readonly #server: Server;
  readonly #script: Script;
  #connects = 0;

  constructor(script: Script = {}) {
    this.#script = script;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  static async start(script: Script = {}): Promise<ScriptedBroker> {
    const broker = new ScriptedBroker(script);
    await new Promise<void>((resolve) => broker.#server.listen(0, "127.0.0.1", resolve));
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The nth connection (from 0) once it has subscribed. */
  async subscribed(nth = 0): Promise<Peer> {
    await until(() => (this.peers[nth]?.of("subscribe").length ?? 0) > 0);
    return this.peers[nth] as Peer;
  }

  async stop(): Promise<void> {
    for (const peer of this.peers) peer.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #welcome(socket: Socket): void {
    const peer = new Peer(socket);
    this.peers.push(peer);
    const codec = parser();
    codec.on("packet", (packet) => {
      peer.packets.push(packet);
      void this.#answer(peer, packet);
    });
    codec.on("error", () => socket.destroy());
    socket.on("data", (bytes) => codec.parse(bytes));
    socket.on("error", () => socket.destroy());
  }

  async #answer(peer: Peer, packet: Packet): Promise<void> {
    if (packet.cmd === "connect") {
      peer.version = packet.protocolVersion === 5 ? 5 : 4;
      const nth = this.#connects++;
      const answer = this.#script.connack === undefined ? { code: 0, sessionPresent: false } : await this.#script.connack(packet, nth);
      if (answer === undefined) peer.cut();
      else this.#accept(peer, answer);
    } else if (packet.cmd === "subscribe") {
      const granted = this.#script.granted?.(packet) ?? packet.subscriptions.map(() => 1);
      peer.send({ cmd: "suback", messageId: packet.messageId ?? 0, granted });
      this.#script.subscribed?.(peer);
    } else if (packet.cmd === "pingreq" && this.#script.pong !== false) {
      peer.send({ cmd: "pingresp" });
    }
  }

  #accept(peer: Peer, answer: Answer): void {
    const { code, sessionPresent, serverKeepAlive } = answer;
    const properties = serverKeepAlive === undefined ? {} : { properties: { serverKeepAlive } };
    peer.send({ cmd: "connack", sessionPresent, ...(peer.version === 5 ? { reasonCode: code, ...properties } : { returnCode: code }) });
    if (code !== 0) peer.socket.end();
  }
}
