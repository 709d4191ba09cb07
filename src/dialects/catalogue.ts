import type { Dialect } from "./dialect.ts";
import { kyzPulse } from "./kyz-pulse/decode.ts";
import { mappedJson } from "./mapped-json/decode.ts";
import { niagaraHistory } from "./niagara-history/decode.ts";
import { tasmotaSml } from "./tasmota-sml/decode.ts";

/** Every way of writing readings down that Wattkeep knows. A new dialect is one line here and one folder. */
export const DIALECTS: readonly Dialect[] = [tasmotaSml as Dialect, kyzPulse as Dialect, niagaraHistory as Dialect, mappedJson as Dialect];

/** Missing: undefined where no dialect has that name. */
export function dialectNamed(name: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.name === name);
}
