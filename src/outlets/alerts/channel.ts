import type { Notice } from "#alerts/alert.ts";
import type { ChannelKind } from "#alerts/desk.ts";

/** A notice with what people want beside it. JSON: it waits in the store until it is sent. */
export interface Message extends Notice {
  readonly ruleName: string;
  readonly subjectTitle: string;
  /** When what it tells of began. */
  readonly firedMs: number;
  /** Address of a page for people, with the server's name; left out where that is not known. */
  readonly link?: string;
}

/** How a message is sent. */
export interface Sending {
  /** The same in every attempt, so that a receiver may know it came twice. */
  readonly id: string;
  /** Aborted when it takes too long, and when the program ends. */
  readonly signal: AbortSignal;
}

/** A way to tell people or machines. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Where it goes, without any secret. */
  readonly target: string;
  /** People read it: many messages that say the same become one. Machines get each by itself. */
  readonly gathers?: true;
  /** Texts that nobody may read in a log, an answer or a sentence. */
  readonly secrets: readonly string[];
  /** Asks whether it would work, without telling anybody. Left out where that cannot be asked. Errors: ChannelProblem. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
  /** Resolves when the other side has taken it. Errors: ChannelProblem. */
  send(message: Message, how: Sending): Promise<void>;
  /** Told once, at the start, of what lasts and was told here; for channels that show a state. */
  readonly restore?: (standing: readonly Message[]) => void;
  close(): Promise<void>;
}

/**
 * Why a message could not be sent. `away`: it may work soon. `person`: somebody has to mend something, a token or an address.
 * `message`: this one will never be taken, the next one may.
 */
export class ChannelProblem extends Error {
  readonly kind: "away" | "person" | "message";
  /** The other side asks not to be tried before. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: ChannelProblem["kind"], sentence: string, retryAfterMs?: number) {
    super(sentence);
    this.name = "ChannelProblem";
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A sentence for a person about anything that went wrong, with every secret of the channel taken out. */
export function sentenceOf(error: unknown, secrets: readonly string[]): string {
  const said = error instanceof Error ? error.message : String(error);
  return oneLine(withoutSecrets(said, secrets)).slice(0, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 300;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  let rest = text;
  for (const secret of secrets) {
    if (secret === "") continue;
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
      rest = rest.replaceAll(form, "[secret]");
  }
  return rest;
}

/** Text that stays on its line: what a header or a log takes. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
