import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dialect } from "#dialects/dialect.ts";
import type { Item, Reading } from "#readings/reading.ts";
import type { Store } from "#store/store.ts";
import type { Arrival } from "./door.ts";
import { type IntakeLine, type LineParts, openLine } from "./line.ts";
import type { Source } from "./source.ts";

/** For tests: a line on a real store in a scratch folder, with a dialect that says what it is told to. */
export interface LineWorld {
  readonly store: Store;
  line: IntakeLine;
  nowMs: number;
  /** Everything that was logged as an error. */
  readonly errors: string[];
  /** A line on the same store as after a restart of the process. */
  restart(more?: Partial<LineParts>): Promise<IntakeLine>;
  end(): Promise<void>;
}

export const NOON_MS = Date.UTC(2026, 2, 10, 12);

/** A message body is the JSON list of items itself; `boom` makes the decoder fail. It takes options of any schema. */
export const spokenDialect = (options: Dialect["options"]): Dialect => ({
  name: "spoken",
  version: 1,
  title: "Items as they are",
  options,
  topics: ["spoken/#"],
  equalInstant: "last",
  decode(message, _options, memory) {
    const text = new TextDecoder().decode(message.body);
    if (text === "boom") throw new Error("This decoder has a fault.");
    const seen = typeof memory === "number" ? memory : 0;
    return { items: parsed(text), memory: seen + 1 };
  },
  recognise: () => undefined,
});

function parsed(text: string): Item[] {
  try {
    return JSON.parse(text) as Item[];
  } catch {
    return [{ type: "reject", reject: { code: "not-json", sentence: "This is not JSON." } }];
  }
}

export function aSource(more: Partial<Source> = {}): Source {
  return { name: "spoken", topics: ["spoken/#"], dialect: "spoken", options: undefined, points: new Map(), keepRawMs: 0, ...more };
}

export function aReading(more: Partial<Reading> = {}): Item {
  const plain = { device: "m1", point: "main", pointName: "Main", quantity: "power", unit: "W", kind: "gauge", value: 1 } as const;
  return { type: "reading", reading: { ...plain, ...more } };
}

/** An arrival of items, or of a body as it is. */
export function anArrival(
  items: readonly Item[] | string,
  more: Partial<Arrival["message"]> & Pick<Arrival, "delivery" | "oversized"> = {},
): Arrival {
  const { delivery, oversized, ...message } = more;
  const body = new TextEncoder().encode(typeof items === "string" ? items : JSON.stringify(items));
  return {
    message: { source: "spoken", topic: "spoken/m1", body, receivedMs: NOON_MS, qos: 1, retained: false, ...message },
    ...(delivery ? { delivery } : {}),
    ...(oversized ? { oversized } : {}),
  };
}

export async function openWorld(
  openStore: (folder: string) => Promise<Store>,
  more: Partial<LineParts> & Pick<LineParts, "dialects">,
): Promise<LineWorld> {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-line-"));
  const store = await openStore(join(folder, "data"));
  const errors: string[] = [];
  const logger = { info() {}, warn() {}, error: (_: object, message: string) => void errors.push(message) };
  const open = (parts: Partial<LineParts>) =>
    openLine({ store, sources: [aSource()], sites: [HOME], nowMs: () => world.nowMs, logger, ...more, ...parts });
  const world: LineWorld = {
    store,
    line: undefined as unknown as IntakeLine,
    nowMs: NOON_MS,
    errors,
    async restart(parts = {}) {
      world.line = await open(parts);
      return world.line;
    },
    async end() {
      await world.line.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await world.restart();
  return world;
}

const HOME = { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" } as const;
