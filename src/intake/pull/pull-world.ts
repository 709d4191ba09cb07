import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { Source } from "#intake/source.ts";
import type { Store } from "#store/store.ts";
import type { PullHouse, Pulling } from "./pulled.ts";

/** For tests: a house on a real store in a scratch folder that sources are pulled into. */
export class PullWorld implements PullHouse {
  readonly store: Store;
  readonly line: IntakeLine;
  /** The clock stands where it is put. */
  now: number;
  readonly notes: string[] = [];
  readonly #folder: string;

  private constructor(store: Store, line: IntakeLine, of: { now: number; folder: string }) {
    this.store = store;
    this.line = line;
    this.now = of.now;
    this.#folder = of.folder;
  }

  static async open(openStore: (folder: string) => Promise<Store>, now: number): Promise<PullWorld> {
    const folder = mkdtempSync(join(tmpdir(), "wattkeep-pull-"));
    const store = await openStore(join(folder, "data"));
    const logger = { info() {}, warn() {}, error() {} };
    const sites = [{ id: "house", name: "House", zone: "Europe/Berlin", currency: "EUR" }];
    const line = await openLine({ store, sources: [], dialects: [], sites, nowMs: () => now, logger });
    return new PullWorld(store, line, { now, folder });
  }

  readonly nowMs = (): number => this.now;

  running(more: Partial<Pulling> = {}): Pulling {
    return { signal: new AbortController().signal, thorough: false, progress() {}, note: (text) => void this.notes.push(text), ...more };
  }

  /** Keys of all series with what they hold. */
  async held(): Promise<Record<string, [tMs: number, value: number][]>> {
    const { series } = await this.store.registry();
    const held: Record<string, [number, number][]> = {};
    for (const { id, key } of series.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      const column = await this.store.read(id, { fromMs: 0, toMs: 9e15 });
      held[key] = Array.from(column.tMs, (tMs, i) => [tMs, column.value[i] as number]);
    }
    return held;
  }

  async end(): Promise<void> {
    await this.line.close();
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function aPulledSource(name: string, points: Readonly<Record<string, string>> = {}): Source {
  return { name, site: "house", topics: [], dialect: name, options: undefined, points: new Map(Object.entries(points)), keepRawMs: 0 };
}
