import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";
import type { HomeImport } from "#contract/home.ts";
import type { LiveValue } from "#contract/series.ts";
import type { BrokerInfo, RedriveAnswer, SourceInfo, UnclaimedInfo } from "#contract/sources.ts";

/** What the API can do or ask besides reading the store; `main.ts` fills it. */
export interface Actions {
  brokers(): BrokerInfo[];
  /** Rates and QoS shares per source; devices come from the registry. */
  sourceRates(): ReadonlyMap<string, { perMinute: number; lastMs?: number; qos0Share: number }>;
  /** The configured sources, without rates. */
  sources(): Omit<SourceInfo, "perMinute" | "lastMs" | "qos0Share" | "devices">[];
  unclaimed(): UnclaimedInfo[];
  redrive(choice: { ids?: number[]; source?: string; code?: string }): Promise<RedriveAnswer>;
  /** Samples just committed; the returned function stops listening. The one listener is the live room. */
  onCommitted(listener: (committed: Committed) => void): () => void;
  messagesPerSecond(): number;
  /** Takes a file of a meter's readings, or counts what it would bring. Left out where nothing can be taken. */
  importReadings?(wish: ReadingsFile): Promise<HomeImport | FileTrouble>;
  /** Takes a file of readings by its columns, shows how it is read, or what it would change. Left out where nothing can be taken. */
  importCsv?(wish: CsvFile): Promise<CsvImportAnswer | FileTrouble>;
  /** Keeps what a person read off a dial: durable before it resolves. Left out where nothing can be taken. */
  keepReading?(reading: HandReading): Promise<HandReadingKept>;
  /** What keeps mirrors in other systems from being up to date, in words; left out where there are none. */
  outletProblems?(): readonly string[];
}

/** A CSV file of a meter's readings. */
export interface ReadingsFile {
  /** Where it lies for the moment. */
  readonly path: string;
  readonly site: string;
  readonly point: string;
  /** Zone of times without offset. */
  readonly zone: string;
  /** Where lines that name no known source go; left out, a source of its own. */
  readonly source?: string;
  readonly dryRun: boolean;
}

/** A file of readings that is read by its columns. */
export interface CsvFile {
  /** Where it lies for the moment. */
  readonly path: string;
  /** What it is called. */
  readonly name: string;
  /** Left out: the only one. */
  readonly site?: string;
  readonly mode: CsvImportAnswer["mode"];
  readonly mapping: CsvMapping;
}

/** What a person read off a dial. */
export interface HandReading {
  readonly site: string;
  readonly point: string;
  /** Of the series that holds it. */
  readonly quantity: string;
  readonly tMs: number;
  readonly value: number;
  /** Of the value. */
  readonly unit: string;
}

/** `replaced`: another value stood at that instant; it is kept as a revision. `known`: the very same did. */
export type HandReadingKept = { readonly outcome: "stored" | "replaced" | "known"; readonly series: string } | FileTrouble;

/** Why nothing of a file can be taken, in a sentence. */
export interface FileTrouble {
  readonly trouble: string;
}

/** What a commit brought: newest-first is not promised, the order is that of the batch. */
export interface Committed {
  readonly values: readonly LiveValue[];
  /** Keys of series seen for the first time. */
  readonly newSeries: readonly string[];
  /** Series whose past changed (late or replaced samples), with the range to read again. */
  readonly changed: readonly { readonly key: string; readonly fromMs: number; readonly toMs: number }[];
}
