import type { RawMessage } from "#store/batch.ts";
import type { Store } from "#store/store.ts";

const PAGE = 1_000;
const FARTHEST = 2 ** 50;

/** Finds the newest original message of sources whose messages are kept; where it left off, it goes on. */
export class NewestMessages {
  readonly #store: Pick<Store, "raw">;
  readonly #seen = new Map<string, number>();

  constructor(store: Pick<Store, "raw">) {
    this.#store = store;
  }

  /** Missing: undefined where none is kept. */
  async of(source: string): Promise<RawMessage | undefined> {
    let after = this.#seen.get(source) ?? (await this.#beforeNewest(source));
    let newest: RawMessage | undefined;
    for (;;) {
      const rows = await this.#store.raw(source, { after, limit: PAGE });
      const last = rows.at(-1);
      if (last === undefined) return newest;
      newest = last.message;
      // The last one is looked at again next time: it may still be the newest then.
      this.#seen.set(source, last.seq - 1);
      if (rows.length < PAGE) return newest;
      after = last.seq;
    }
  }

  /** A number that the newest message follows: kept messages are only found by what comes after a number. */
  async #beforeNewest(source: string): Promise<number> {
    const follows = async (after: number): Promise<boolean> => (await this.#store.raw(source, { after, limit: 1 })).length > 0;
    let [low, high] = [0, 1];
    while (high < FARTHEST && (await follows(high))) [low, high] = [high, high * 4];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await follows(middle)) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** JSON text of the meter's group in a message: the one that tells this figure. Missing: undefined where there is none. */
export function groupOf({ body }: RawMessage, figure: number): string | undefined {
  const said = parsed(body);
  const sensor = isObject(said?.["StatusSNS"]) ? said["StatusSNS"] : said;
  const group = Object.values(sensor ?? {}).find((part) => isObject(part) && Object.values(part).some((value) => tells(value, figure)));
  return group === undefined ? undefined : JSON.stringify(group);
}

function tells(value: unknown, figure: number): boolean {
  return (typeof value === "number" || (typeof value === "string" && value.trim() !== "")) && Number(value) === figure;
}

function parsed(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    return isObject(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
