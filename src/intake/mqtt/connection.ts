import type { Socket } from "node:net";
import { type Packet, type Parser, parser } from "mqtt-packet";
import type { ConnectionConfig } from "./config.ts";
import { Framer } from "./framer.ts";
import { connectPacket, disconnectPacket, PINGREQ, pubacks, subscribePacket } from "./packets.ts";
import { type Frame, type Publish, readPublish } from "./publish.ts";
import { openWire } from "./wire.ts";
import { isStandingRefusal, isVersionRefusal, reasonInWords } from "./words.ts";

/** How a connection came to its end. `version`: the broker speaks another MQTT; `refused`: somebody must change a setting. */
export interface Ending {
  readonly kind: "version" | "refused" | "lost" | "closed";
  readonly sentence: string;
}

export interface ConnectionHooks {
  up(sessionPresent: boolean): void;
  granted(codes: readonly number[]): void;
  publish(publish: Publish): void;
  oversized(publish: Publish): void;
  ended(ending: Ending): void;
}

const CONNACK = 2;
const PUBLISH = 3;
const DISCONNECT = 14;
const LARGEST_CONTROL = 64 * 1024;
const GOODBYE_MS = 500;

/** One connection to a broker, from CONNECT to its end; never used again afterwards. An acknowledgement belongs to one of these. */
export class Connection {
  readonly #config: ConnectionConfig;
  readonly #hooks: ConnectionHooks;
  readonly #socket: Socket;
  readonly #framer: Framer;
  readonly #codec: Parser;
  #timer: NodeJS.Timeout | undefined;
  #open = true;
  #answered = false;
  #reached = false;
  #wrote = true;
  #heard = true;
  #silentTicks = 0;
  #paused = false;
  #ending: Ending | undefined;

  constructor(config: ConnectionConfig, hooks: ConnectionHooks) {
    this.#config = config;
    this.#hooks = hooks;
    this.#codec = parser({ protocolVersion: config.protocol });
    this.#codec.on("packet", (packet) => this.#control(packet));
    this.#codec.on("error", (error: Error) => this.#breach(error.message));
    this.#framer = new Framer(
      { ...config, maxBytes: config.maxBytes, controlBytes: LARGEST_CONTROL, tellOversized: "at-end" },
      {
        frame: (frame) => this.#frame(frame),
        oversized: (publish) => this.#publish(publish, true),
        violation: (sentence) => this.#breach(sentence),
      },
    );
    this.#timer = setTimeout(() => this.#end({ kind: "lost", sentence: "The broker did not answer in time." }), config.connectTimeoutMs);
    this.#socket = openWire(config, () => this.#hello());
    this.#socket.on("data", (chunk) => this.#data(chunk));
    this.#socket.on("error", (error) => this.#end({ kind: "lost", sentence: sentenceOf(error) }));
    this.#socket.on("close", () => this.#end(this.#hungUp()));
  }

  /** Whether the broker has accepted it and it has not ended. */
  get ready(): boolean {
    return this.#open && this.#answered;
  }

  /** Acknowledge these packet ids, in this order, in one write. */
  acknowledge(packetIds: readonly number[]): void {
    if (!this.ready || packetIds.length === 0) return;
    this.#write(pubacks(packetIds));
  }

  /** Stop reading, so that the broker keeps what it has; pings go on. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#silentTicks = 0;
    this.#socket.resume();
  }

  /** Say goodbye; the session stays with the broker. Resolves when everything written has gone out, or nobody takes it. */
  close(): Promise<void> {
    if (this.#answered) this.#write(disconnectPacket(this.#config.protocol));
    this.#end({ kind: "closed", sentence: "Closed." });
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.once("close", () => resolve()));
  }

  #hello(): void {
    this.#reached = true;
    this.#write(connectPacket(this.#config));
  }

  #data(chunk: Buffer): void {
    this.#heard = true;
    if (this.#open) this.#framer.feed(chunk);
  }

  #frame(frame: Frame): void {
    const type = (frame.bytes[frame.start] as number) >> 4;
    if (type === PUBLISH) {
      const publish = readPublish(frame, this.#config.protocol);
      if (publish === undefined) this.#breach("A PUBLISH that contradicts its own length.");
      else this.#publish(publish, false);
    } else if (type === CONNACK && this.#refusal(frame)) {
      return;
    } else {
      this.#codec.parse(frame.bytes.subarray(frame.start, frame.end));
    }
  }

  /** A broker of another version answers in its own format, which the codec of ours cannot read: look at the code itself. */
  #refusal(frame: Frame): boolean {
    const code = frame.bytes[frame.inner + 1] ?? 128;
    if (code === 0) return false;
    const kind = isVersionRefusal(code) ? "version" : isStandingRefusal(code) ? "refused" : "lost";
    this.#end({ kind, sentence: `Not connected: ${reasonInWords(code)}.` });
    return true;
  }

  #publish(publish: Publish, oversized: boolean): void {
    if (!this.#answered) this.#breach("A PUBLISH before CONNACK.");
    else if (publish.qos === 2) this.#breach("The broker sent QoS 2 although QoS 1 was asked for.");
    else if (oversized) this.#hooks.oversized(publish);
    else this.#hooks.publish(publish);
  }

  #control(packet: Packet): void {
    if (!this.#open) return;
    if (packet.cmd === "connack") this.#welcome(packet.sessionPresent, packet.properties?.serverKeepAlive);
    else if (packet.cmd === "suback") this.#hooks.granted(packet.granted.map(Number));
    else if (packet.cmd === "disconnect") this.#dismissed(packet.reasonCode ?? DISCONNECT);
    else if (packet.cmd !== "pingresp") this.#breach(`An unexpected ${packet.cmd.toUpperCase()}.`);
  }

  #welcome(sessionPresent: boolean, serverKeepAlive: number | undefined): void {
    if (this.#answered) {
      this.#breach("A second CONNACK.");
      return;
    }
    this.#answered = true;
    clearTimeout(this.#timer);
    const keepalive = serverKeepAlive ?? this.#config.keepaliveSeconds;
    // Half the keep-alive, so that one late tick never costs the connection.
    if (keepalive > 0) this.#timer = setInterval(() => this.#tick(), keepalive * 500);
    this.#hooks.up(sessionPresent);
    if (this.#open && this.#config.filters.length > 0) this.#write(subscribePacket(this.#config));
  }

  #tick(): void {
    this.#silentTicks = this.#heard || this.#paused ? 0 : this.#silentTicks + 1;
    this.#heard = false;
    // Nothing came for twice the keep-alive, no answer to a ping either.
    if (this.#silentTicks > 3) this.#end({ kind: "lost", sentence: "The broker stopped answering." });
    else if (!this.#wrote || this.#silentTicks > 0) this.#write(PINGREQ);
    this.#wrote = false;
  }

  #write(bytes: Buffer): void {
    this.#wrote = true;
    if (this.#open) this.#socket.write(bytes);
  }

  #dismissed(code: number): void {
    const kind = isStandingRefusal(code) ? "refused" : "lost";
    this.#end({ kind, sentence: code === DISCONNECT ? "The broker disconnected." : `Disconnected: ${reasonInWords(code)}.` });
  }

  #breach(sentence: string): void {
    if (this.#answered && this.#config.protocol === 5) this.#write(disconnectPacket(5, true));
    this.#end({ kind: "lost", sentence: `The broker breaks the protocol: ${sentence}` });
  }

  #hungUp(): Ending {
    if (this.#reached && !this.#answered) return { kind: "version", sentence: "The broker hung up instead of answering CONNECT." };
    return { kind: "lost", sentence: "The broker closed the connection." };
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#open = false;
    clearTimeout(this.#timer);
    this.#framer.stop();
    this.#socket.end();
    this.#socket.resume();
    // What was just written (a DISCONNECT) still goes out; a peer that does not close in turn is dropped.
    const dropping = setTimeout(() => this.#socket.destroy(), ending.kind === "closed" ? GOODBYE_MS : 0);
    this.#socket.once("close", () => clearTimeout(dropping));
    this.#hooks.ended(ending);
  }
}

function sentenceOf(error: Error & { code?: string }): string {
  if (error.code === "ECONNREFUSED") return "Nothing listens at the broker's address.";
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return "The broker's name cannot be resolved.";
  if (error.code === "ECONNRESET") return "The broker closed the connection.";
  return `The connection failed: ${error.message}`;
}
