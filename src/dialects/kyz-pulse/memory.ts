import type { Decoded } from "#dialects/dialect.ts";
import { isObject } from "#dialects/json.ts";
import type { LastInterval } from "./interval-end.ts";

/** What was remembered goes on to the next message. */
export function keep(decoded: Decoded, memory: unknown): Decoded {
  return memory === undefined ? decoded : { items: decoded.items, memory };
}

const MOST_REMEMBERED = 200;

/** The last interval of a device. Missing: undefined where none is remembered. */
export function lastOf(memory: unknown, device: string): LastInterval | undefined {
  if (!isObject(memory) || !Object.hasOwn(memory, device)) return undefined;
  const last = memory[device];
  return isObject(last) && typeof last["tMs"] === "number" && typeof last["print"] === "string"
    ? { tMs: last["tMs"], print: last["print"] }
    : undefined;
}

/** The memory with this as the last interval of the device; the devices heard longest ago go first. */
export function remembered(memory: unknown, device: string, last: LastInterval): unknown {
  const others = isObject(memory) ? Object.entries(memory).filter(([name]) => name !== device) : [];
  return Object.fromEntries([...others.slice(-MOST_REMEMBERED + 1), [device, last]]);
}
