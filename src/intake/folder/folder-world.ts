import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plcCsv } from "#dialects/plc-csv/decode.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { Store } from "#store/store.ts";
import { DropFolder } from "./drop-folder.ts";
import type { Folder, FolderParts } from "./folder.ts";

/** For tests: a drop folder on a real store and line, with a clock that stands until it is moved. */
export interface FolderWorld {
  readonly store: Store;
  readonly line: IntakeLine;
  readonly path: string;
  readonly folder: DropFolder;
  nowMs: number;
  /** Calls that wait for the clock, with the instant they are due. */
  readonly timers: Map<() => void, number>;
  readonly errors: string[];
  readonly announced: string[];
  /** Writes a file that has been left alone for a minute. */
  write(name: string, text: string | Uint8Array, mtimeMs?: number): string;
  /** A folder of the same source with other settings. */
  folderWith(more: Partial<Folder>, parts?: Partial<FolderParts>): DropFolder;
  /** Samples of a quantity as [instant, value, quality]. */
  samples(quantity: string): Promise<[tMs: number, value: number, quality: number][]>;
  end(): Promise<void>;
}

export const ZONE = "America/Indiana/Indianapolis";
export const HEADER = "Date, Time, counter15min, LastEnergyUsage, LastDemand, TotalEnergyUsed, R17_Last_ExcludeDemand, KYZ_InvalidAlarm";
/** Noon of 4 March 2026 at the plant. */
export const NOON_MS = Date.UTC(2026, 2, 4, 17);
export const QUARTER_MS = 900_000;

/** A line of 4 March 2026. */
export function lineAt(time: string, energyKwh: number, more: { r17?: 0 | 1; invalid?: 0 | 1; total?: number } = {}): string {
  const flag = (on: 0 | 1 | undefined): string => (on === 1 ? "ON - 1" : "OFF - 0");
  const { total = 440_000 + energyKwh } = more;
  return `3/4/2026, ${time}, 310, ${energyKwh}, ${energyKwh * 4}.000000, ${total}.000, ${flag(more.r17)}, ${flag(more.invalid)}`;
}

export function csv(...lines: string[]): string {
  return `${[HEADER, ...lines].join("\r\n")}\r\n`;
}

export async function openFolderWorld(
  openStore: (folder: string) => Promise<Store>,
  options: Record<string, unknown> = {},
): Promise<FolderWorld> {
  const scratch = mkdtempSync(join(tmpdir(), "wattkeep-folder-"));
  const path = join(scratch, "drop");
  mkdirSync(path);
  const store = await openStore(join(scratch, "data"));
  const clock = { nowMs: NOON_MS };
  const errors: string[] = [];
  const announced: string[] = [];
  const logger = {
    info() {},
    warn: (_: object, text: string) => void errors.push(text),
    error: (_: object, text: string) => void errors.push(text),
  };
  const source = {
    name: "plc",
    topics: [],
    dialect: "plc-csv",
    options: plcCsv.options.parse({ zone: ZONE, ...options }),
    points: new Map<string, string>(),
    keepRawMs: 0,
  };
  const sites = [{ id: "plant", name: "Plant", zone: ZONE, currency: "USD" }];
  const line = await openLine({ store, sources: [source], dialects: [plcCsv as never], sites, nowMs: () => clock.nowMs, logger });
  const timers = new Map<() => void, number>();
  const after = (ms: number, call: () => void) => {
    const once = () => {
      timers.delete(once);
      call();
    };
    timers.set(once, clock.nowMs + ms);
    return () => void timers.delete(once);
  };
  const announce = (committed: { changed: readonly { series: { key: string } }[] }) =>
    void announced.push(...committed.changed.map(({ series }) => series.key));
  const parts = { store, line, dialects: [plcCsv as never], nowMs: () => clock.nowMs, logger, announce, after };
  const opened: DropFolder[] = [];
  const folderWith = (more: Partial<Folder>, other: Partial<FolderParts> = {}): DropFolder => {
    const folder = new DropFolder({ source, path, glob: "*.csv", minAgeMs: 10_000, ...more }, { ...parts, ...other });
    opened.push(folder);
    return folder;
  };
  return {
    ...{ store, line, path, errors, announced, timers, folderWith },
    folder: folderWith({}),
    get nowMs() {
      return clock.nowMs;
    },
    set nowMs(nowMs: number) {
      clock.nowMs = nowMs;
    },
    write(name, text, mtimeMs = clock.nowMs - 60_000) {
      const file = join(path, name);
      writeFileSync(file, text);
      utimesSync(file, mtimeMs / 1000, mtimeMs / 1000);
      return file;
    },
    async samples(quantity) {
      const series = (await store.registry()).series.find((one) => one.quantity === quantity);
      if (series === undefined) return [];
      const { tMs, value, quality } = await store.read(series.id, { fromMs: 0, toMs: 4e12 });
      return Array.from(tMs, (t, i) => [t, value[i] as number, quality[i] as number]);
    },
    async end() {
      for (const folder of opened) await folder.close();
      await line.close();
      await store.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
