import type { Dialect } from "./dialect.ts";
import { kyzPulse } from "./kyz-pulse/decode.ts";
import { mappedJson } from "./mapped-json/decode.ts";
import { marketStream } from "./market-stream/decode.ts";
import { niagaraExport } from "./niagara-export/decode.ts";
import { niagaraHistory } from "./niagara-history/decode.ts";
import { obixHistory } from "./obix-history/decode.ts";
import { plcCsv } from "./plc-csv/decode.ts";
import { shellyRpc } from "./shelly-rpc/decode.ts";
import { tasmotaEnergy } from "./tasmota-energy/decode.ts";
import { tasmotaSml } from "./tasmota-sml/decode.ts";

/** Every way of writing readings down that Wattkeep knows. A new dialect is one folder, one import and one line here. */
export const DIALECTS: readonly Dialect[] = [
  tasmotaSml as Dialect,
  tasmotaEnergy as Dialect,
  shellyRpc as Dialect,
  kyzPulse as Dialect,
  niagaraHistory as Dialect,
  niagaraExport as Dialect,
  obixHistory as Dialect,
  marketStream as Dialect,
  plcCsv as Dialect,
  mappedJson as Dialect,
];

/** Missing: undefined where no dialect has that name. */
export function dialectNamed(name: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.name === name);
}
