import type { Browser, Page } from "playwright-core";

/** What a trace of Chromium says of one moment, as far as it is looked at; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

/** One gesture, from the event the page was told of until the frame with its answer was drawn. */
export interface Gesture {
  readonly what: string;
  readonly frameMs: number;
  /** Longest the page was busy at one go, until the finer picture was there too. */
  readonly busyMs: number;
}

const CATEGORIES = ["devtools.timeline", "devtools.timeline.frame", "disabled-by-default-devtools.timeline", "toplevel", "viz", "cc"];

/** What one gesture is called, the event it begins with, and how it is made. */
export interface Move {
  readonly what: string;
  readonly begins: string;
  readonly make: () => Promise<unknown>;
}

interface TraceParts {
  readonly browser: Browser;
  readonly page: Page;
  /** Where the trace of the slowest gesture is kept; left out, nowhere. */
  readonly path?: string;
}

/** Makes one gesture with Chromium tracing itself; `settled` waits until nothing more comes of it. */
export async function traced(parts: TraceParts, move: Move, settled: () => Promise<unknown>): Promise<Gesture> {
  const { browser, page, path } = parts;
  await browser.startTracing(page, { categories: CATEGORIES, ...(path === undefined ? {} : { path }) });
  await move.make();
  await settled();
  const text = (await browser.stopTracing()).toString("utf8");
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  return gestureOf(traceEvents, move);
}

function gestureOf(events: readonly TraceEvent[], { what, begins }: Move): Gesture {
  const told = events
    .filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === begins)
    .toSorted((a, b) => a.ts - b.ts)[0];
  if (told === undefined) throw new Error(`the trace has no ${begins}`);
  // The next animation frame draws the canvas; its picture is committed, and then a frame is drawn with it.
  const after = (name: string, ts: number) =>
    events.filter((event) => event.name === name && event.ts >= ts).reduce((first, event) => Math.min(first, event.ts), Infinity);
  const fired = events
    .filter((event) => event.name === "FireAnimationFrame" && event.pid === told.pid && event.ts >= told.ts)
    .toSorted((a, b) => a.ts - b.ts)[0];
  if (fired === undefined) throw new Error(`nothing was drawn after the ${begins}`);
  const committed = after("Commit", fired.ts + (fired.dur ?? 0));
  const drawn = after("Display::DrawAndSwap", committed);
  const tasks = events.filter(
    ({ name, pid, tid, ts }) => name === "RunTask" && pid === told.pid && tid === told.tid && ts >= told.ts - 1e4,
  );
  return {
    what,
    frameMs: (drawn - told.ts) / 1000,
    busyMs: Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 1000,
  };
}
