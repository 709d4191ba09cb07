import type { IncomingHttpHeaders } from "node:http";
import type { Settings } from "./access.ts";

/** What a station said of a file when it was last taken whole. */
interface Seen {
  readonly etag?: string;
  readonly modified?: string;
  readonly bytes?: string;
}

/** Which files of a station are known as they are, remembered over restarts. */
export class SeenFiles {
  readonly #setting: string;
  readonly #settings: Settings;
  readonly #seen: Map<string, Seen>;
  #isNew = false;

  private constructor(setting: string, of: { settings: Settings; seen: Map<string, Seen> }) {
    this.#setting = setting;
    this.#settings = of.settings;
    this.#seen = of.seen;
  }

  static async open(source: string, settings: Settings): Promise<SeenFiles> {
    const name = `pull.${source}.files`;
    const kept = await settings.setting(name);
    const rows = kept === undefined || kept === "" ? [] : Object.entries(JSON.parse(kept) as Record<string, Seen>);
    return new SeenFiles(name, { settings, seen: new Map(rows) });
  }

  /** What tells the station which version is known here. */
  question(url: string): Readonly<Record<string, string>> {
    const { etag, modified } = this.#seen.get(url) ?? {};
    return {
      ...(etag === undefined ? {} : { "if-none-match": etag }),
      ...(modified === undefined ? {} : { "if-modified-since": modified }),
    };
  }

  /** Whether an answer is of the version that is known, though it was sent again. A size alone says nothing: histories roll over in place. */
  isSame(url: string, headers: IncomingHttpHeaders): boolean {
    const known = this.#seen.get(url);
    const now = seenOf(headers);
    if (known === undefined || now.bytes !== known.bytes) return false;
    if (now.etag !== undefined || known.etag !== undefined) return now.etag === known.etag && now.etag?.startsWith("W/") !== true;
    return now.modified !== undefined && now.modified === known.modified;
  }

  taken(url: string, headers: IncomingHttpHeaders): void {
    const now = seenOf(headers);
    if (JSON.stringify(now) === JSON.stringify(this.#seen.get(url))) return;
    this.#seen.set(url, now);
    this.#isNew = true;
  }

  /** Remembers, and forgets files that are there no more. */
  async keep(there: ReadonlySet<string>): Promise<void> {
    for (const url of this.#seen.keys()) if (!there.has(url)) this.#isNew = this.#seen.delete(url) || this.#isNew;
    if (this.#isNew) await this.#settings.saveSetting(this.#setting, JSON.stringify(Object.fromEntries(this.#seen)));
  }
}

function seenOf(headers: IncomingHttpHeaders): Seen {
  const { etag, "last-modified": modified, "content-length": bytes } = headers;
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(modified === undefined ? {} : { modified }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}
