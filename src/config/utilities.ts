import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import type { Place } from "./place.ts";
import { line } from "./values.ts";

/** What holds for all meters together. */
export interface UtilitiesConfig {
  /** First year that is derived; left out, from the first reading on. */
  readonly startYear?: number;
  /** Whether the original's simple rule for anomalies is applied as well. */
  readonly simpleAnomalies: boolean;
  /** Absolute folder of the files of Utility Meter Analytics that were read. */
  readonly files?: string;
  readonly declared?: Declared;
}

export const utilitiesSchema = z.strictObject({
  startYear: z.int().min(1970).max(2200).optional(),
  simpleAnomalies: z.boolean().optional(),
  files: line.optional(),
  site: line.optional(),
});

/** What the file says of all meters, with its defaults filled in. */
export function utilitiesOf(content: z.infer<typeof utilitiesSchema> | undefined, place: Place): UtilitiesConfig {
  return {
    ...(content?.startYear === undefined ? {} : { startYear: content.startYear }),
    simpleAnomalies: content?.simpleAnomalies ?? false,
    ...(content?.files === undefined ? {} : { files: place.path(content.files) }),
    ...(content === undefined ? {} : { declared: place.of(["utilities"]) }),
  };
}
