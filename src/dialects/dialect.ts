import type { z } from "zod";
import type { Message } from "#readings/message.ts";
import type { Item } from "#readings/reading.ts";
import type { FileFormat, ReadingsFormat } from "./file-format.ts";

/** What a decoder gives back. `memory` is handed to the next message of the same source; it must survive JSON. */
export interface Decoded {
  readonly items: readonly Item[];
  readonly memory?: unknown;
}

/** Why a dialect believes an unclaimed topic is its own. */
export interface Recognition {
  /** 0..1 */
  readonly confidence: number;
  /** One sentence of evidence: "group MT681 with E_in, E_out and Power". */
  readonly evidence: string;
  /** Topic filter that would claim it. */
  readonly filter: string;
}

/**
 * One way of writing readings down. A dialect is a folder with `decode.ts`, `README.md` and `cases/`, and one line in
 * `catalogue.ts`. `decode` is pure: no clock, no disk, no network, never throws for what the world sent.
 */
export interface Dialect<Options = unknown> {
  readonly name: string;
  /** Raised whenever the same bytes would decode differently; rejects carry it. */
  readonly version: number;
  readonly title: string;
  readonly options: z.ZodType<Options>;
  /** Its options have a `zone`: where a source names none, the zone of its site is handed in. */
  readonly zoned?: true;
  /** Topic filters used when a source names none. */
  readonly topics: readonly string[];
  /** Payload limit when it is not the house's 256 KiB. */
  readonly maxBytes?: number;
  /** An equal instant with another value: `last` replaces (and keeps a revision), `first` refuses. */
  readonly equalInstant: "first" | "last";
  decode(message: Message, options: Options, memory?: unknown): Decoded;
  recognise(topic: string, body: Uint8Array): Recognition | undefined;
  /** Present where whole files of it may be dropped into a folder. */
  readonly file?: FileFormat<Options>;
  /** Present where files of it are read as readings one after another, of many points and of any length. */
  readonly readings?: ReadingsFormat<Options>;
}
