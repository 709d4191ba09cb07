import type { SourceConfig } from "#config/config.ts";
import type { DemoDevice, Saying } from "#demo/device.ts";
import { pastColumns, pastSize } from "#demo/past.ts";
import { publishDevices } from "#demo/publish.ts";
import { demoDevices } from "#demo/world.ts";
import { dialectNamed } from "#dialects/catalogue.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Column } from "#series/column.ts";
import { type Assignment, type Device, type Point, type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { Announcer } from "./actions.ts";

export interface DemoParts {
  readonly store: Store;
  readonly line: IntakeLine;
  readonly announcer: Announcer;
  readonly sources: readonly SourceConfig[];
  readonly brokerUrl: string;
  readonly nowMs: () => number;
  readonly tell: (sentence: string) => void;
}

const TELL_EVERY_MS = 2000;
const DAY_MS = 86_400_000;
/** Samples made at once, at the most. */
const SLICE_ROWS = 500_000;

/**
 * Fills in what the demo's devices said while nobody listened, then lets them speak. Answers how to end it, at once: the
 * past is made while the pages already serve.
 */
export function runDemo(parts: DemoParts): { close(): Promise<void> } {
  const devices = demoDevices();
  let ended = false;
  const running = (async () => {
    await fillPast(devices, parts, () => ended);
    const sinceMs = await catchUp(devices, parts);
    if (ended) return undefined;
    return await publishDevices(devices, { url: parts.brokerUrl, nowMs: parts.nowMs, sinceMs });
  })();
  running.catch((error: unknown) => parts.tell(`The demo stopped: ${error instanceof Error ? error.message : String(error)}`));
  return {
    async close() {
      ended = true;
      const publisher = await running.catch(() => undefined);
      await publisher?.close();
    },
  };
}

async function fillPast(devices: readonly DemoDevice[], parts: DemoParts, isEnded: () => boolean): Promise<void> {
  const startedMs = parts.nowMs();
  const most = pastSize(devices, startedMs);
  let made = 0;
  let toldMs = startedMs;
  // Small pasts first, so that every site has something to show within a second or two.
  for (const device of devices.toSorted((a, b) => pastSize([a], startedMs) - pastSize([b], startedMs))) {
    for await (const samples of fillDevice(device, parts)) {
      if (isEnded()) return;
      made += samples;
      if (parts.nowMs() - toldMs < TELL_EVERY_MS) continue;
      toldMs = parts.nowMs();
      parts.tell(`Making the demo's past: ${Math.min(99, Math.round((100 * made) / most))} %`);
    }
  }
  const seconds = (parts.nowMs() - startedMs) / 1000;
  parts.tell(`The demo's past: ${made.toLocaleString("en")} samples filled in within ${seconds.toFixed(0)} s. Its devices publish now.`);
}

/** Making a past takes seconds: fills in what devices would have said meanwhile. Answers the instant up to which all have spoken. */
async function catchUp(devices: readonly DemoDevice[], parts: DemoParts): Promise<number> {
  const toMs = parts.nowMs();
  for (const device of devices) for await (const _ of fillDevice(device, { ...parts, nowMs: () => toMs }));
  return toMs;
}

/** Fills in what the device said since its last stored sample, a slice at a time, so that memory stays flat. */
async function* fillDevice(device: DemoDevice, { store, line, announcer, sources, nowMs }: DemoParts): AsyncGenerator<number> {
  const source = sources.find((one) => one.name === device.source);
  if (source === undefined) throw new Error(`the demo has no source ${device.source}`);
  const series = await registered(device, source, line);
  const codes = await wordCodes(device, series, line);
  const extents = await store.extent(series.map((one) => one.id));
  const toMs = nowMs();
  const oldestMs = toMs - Math.max(...device.past.map((span) => span.agoMs)) - DAY_MS;
  const fromMs = Math.max(oldestMs, ...extents.map((extent) => extent.lastMs + 1));
  const sliceMs = (SLICE_ROWS * (device.past.at(-1)?.everyMs ?? DAY_MS)) / device.sayings.length;
  for (let atMs = fromMs; atMs < toMs; atMs += sliceMs) {
    const columns = pastColumns(device, { fromMs: atMs, toMs: Math.min(toMs, atMs + sliceMs), nowMs: toMs });
    for (const [index, column] of columns.entries()) {
      const said = inCodes(column, codes[index]);
      if (said.tMs.length > 0) await store.importColumn((series[index] as Series).id, said, { receivedMs: toMs });
    }
    yield columns.reduce((sum, column) => sum + column.tMs.length, 0);
  }
  announcer.announce({ count: 0, samples: () => [], newSeries: [], changed: series.map((one) => ({ series: one, fromMs, toMs })) });
}

/** The device's rows in the registry, as its first message would make them. */
async function registered(device: DemoDevice, source: SourceConfig, line: IntakeLine): Promise<Series[]> {
  const site = source.site ?? "";
  const points = [...new Map(device.sayings.map((saying) => [saying.point, pointOf(saying, site)])).values()];
  await line.register({ points, ...hardware(device, site) });
  const series: Series[] = [];
  for (const saying of device.sayings) series.push(await line.ensureSeries(draft(source, saying)));
  return series;
}

const pointOf = ({ point, pointName, about }: Saying, site: string): Point => ({
  ...{ site, id: point, name: pointName },
  ...(about === undefined ? {} : { about }),
});

/** Code of each word of the sayings that speak in words, made known where they are not. */
async function wordCodes({ sayings }: DemoDevice, series: readonly Series[], line: IntakeLine): Promise<(readonly number[] | undefined)[]> {
  const codes: (readonly number[] | undefined)[] = sayings.map(() => undefined);
  if (sayings.every(({ texts }) => texts === undefined)) return codes;
  await line.within(({ change }) => {
    for (const [index, { texts }] of sayings.entries()) {
      const entry = change.view.series.get((series[index] as Series).key);
      if (entry !== undefined) codes[index] = texts?.map((text) => change.code(entry, text));
    }
  });
  return codes;
}

function inCodes(column: Column, codes: readonly number[] | undefined): Column {
  return codes === undefined ? column : { ...column, value: column.value.map((index) => codes[index] ?? Number.NaN) };
}

function draft(source: SourceConfig, saying: Saying): Omit<Series, "id"> {
  const { point, quantity, kind, unit, intervalMs } = saying;
  const parts = { site: source.site ?? "", point, quantity, source: source.name };
  return {
    key: seriesKey(parts),
    ...parts,
    kind,
    unit,
    ...(intervalMs === undefined ? {} : { intervalMs }),
    equalInstant: dialectNamed(source.dialect)?.equalInstant ?? "last",
    demo: true,
  };
}

/** The meters that served the device's points one after another, named as intake names a second serial number. */
function hardware(device: DemoDevice, site: string): { devices: Device[]; assignments: Assignment[] } {
  const ids = (device.serials ?? []).map(({ serial, fromMs }, index) => ({
    id: index === 0 ? device.device : `${device.device}#${serial}`,
    serial,
    fromMs,
  }));
  const points = new Set(device.sayings.map((saying) => saying.point));
  return {
    devices: ids.map(({ id, serial, fromMs }) => ({ source: device.source, id, serial, firstSeenMs: fromMs })),
    assignments: ids.flatMap(({ id, fromMs }) => [...points].map((point) => ({ source: device.source, device: id, site, point, fromMs }))),
  };
}
