/** Why InfluxDB did not do what it was asked, in words. */
export class InfluxTrouble extends Error {
  /** Whether the same may succeed a while later. */
  readonly later: boolean;
  /** The server itself says that there is no such thing. */
  readonly absent: boolean;

  constructor(sentence: string, later: boolean, options?: ErrorOptions & { readonly absent?: boolean }) {
    super(sentence, options);
    this.name = "InfluxTrouble";
    this.later = later;
    this.absent = options?.absent === true;
  }
}

interface Refusal {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

const MOST_TEXT = 300;

/** What an answer that is no success means to a person. */
export function refusal({ url, status, text }: Refusal): InfluxTrouble {
  const said = messageOf(text);
  const host = new URL(url).host;
  if (status === 401 || status === 403)
    return new InfluxTrouble(
      `InfluxDB at ${host} refuses the login (${status}): give it a token or user that may read and write the bucket.`,
      false,
    );
  if (status === 404)
    return new InfluxTrouble(`InfluxDB at ${host} does not know what it was asked for: ${said}`, false, { absent: isAbsence(text) });
  if (status === 429 || status >= 500) return new InfluxTrouble(`InfluxDB at ${host} cannot answer now (${status}): ${said}`, true);
  return new InfluxTrouble(`InfluxDB at ${host} refuses what it was asked (${status}): ${said}`, false);
}

/** What kept a request from being answered; trouble that is told already stays as it is. `hide` takes secrets out of the words of others. */
export function unreachable(url: string, error: unknown, hide = (text: string): string => text): InfluxTrouble {
  if (error instanceof InfluxTrouble) return error;
  const cause =
    error instanceof Error && error.cause instanceof Error ? error.cause.message : error instanceof Error ? error.message : String(error);
  return new InfluxTrouble(`InfluxDB at ${new URL(url).host} does not answer: ${hide(cause)}`, true);
}

/** A server of another kind answers 404 too, in other words. */
function isAbsence(text: string): boolean {
  try {
    return (JSON.parse(text) as { code?: unknown }).code === "not found";
  } catch {
    return false;
  }
}

/** The server's own words, without what it echoes of ours beyond a line. */
function messageOf(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    return String(message ?? error ?? text).slice(0, MOST_TEXT);
  } catch {
    return text.slice(0, MOST_TEXT) || "it gives no reason";
  }
}
