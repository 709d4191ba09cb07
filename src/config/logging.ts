import { z } from "zod";
import type { Place } from "./place.ts";
import { line } from "./values.ts";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export const LOG_FORMATS = ["json", "text"] as const;

/** What is written down about the server's own work, and where. */
export interface LogConfig {
  readonly level: (typeof LOG_LEVELS)[number];
  readonly format: (typeof LOG_FORMATS)[number];
  /** Absolute; left out, the output of the process. */
  readonly file?: string;
  /** A file that has grown to this is set aside. */
  readonly maxBytes: number;
  /** How many files that were set aside are kept. */
  readonly keep: number;
}

const DEFAULTS = { level: "info", format: "json", maxBytes: 10_485_760, keep: 5 } as const;
const LEAST_BYTES = 1_024;

export const logSchema = z.strictObject({
  level: z.enum(LOG_LEVELS).optional(),
  format: z.enum(LOG_FORMATS).optional(),
  file: line.optional(),
  maxBytes: z.int().min(LEAST_BYTES).max(10_737_418_240).optional(),
  keep: z.int().min(0).max(1_000).optional(),
});

/** `log: debug` says the level alone. */
export function withLogAsMap(content: unknown): unknown {
  if (typeof content !== "object" || content === null || !("log" in content)) return content;
  const { log } = content;
  return typeof log === "object" ? content : { ...content, log: { level: log } };
}

/** The log with its defaults filled in. */
export function logOf(content: z.infer<typeof logSchema> | undefined, place: Place): LogConfig {
  return {
    level: content?.level ?? DEFAULTS.level,
    format: content?.format ?? DEFAULTS.format,
    ...(content?.file === undefined ? {} : { file: place.path(content.file) }),
    maxBytes: content?.maxBytes ?? DEFAULTS.maxBytes,
    keep: content?.keep ?? DEFAULTS.keep,
  };
}
