import { csvLine, numberCell, textCell } from "#api/csv.ts";
import { localTimes, utcTimes } from "#api/local-time.ts";
import { qualityNames } from "#series/quality.ts";
import type { Range, Store } from "#store/store.ts";
import type { HomeDesk } from "./desk.ts";
import { type MeterQuantity, meterRows, meterStretches } from "./meter-rows.ts";

/** Columns of the file, in their order, and what people read above them. */
const HEADS: Readonly<Record<MeterQuantity, string>> = {
  power: "power W",
  "energy-import": "bought kWh",
  "energy-export": "sold kWh",
  "power-l1": "phase 1 W",
  "power-l2": "phase 2 W",
  "power-l3": "phase 3 W",
};
const ALWAYS: readonly MeterQuantity[] = ["power", "energy-import", "energy-export"];

/** Every reading of a home's grid meter as CSV, read as the reader takes it. Missing: an empty cell. */
export async function* homeCsv(desk: HomeDesk, store: Pick<Store, "read" | "extent" | "registry">, range: Range): AsyncGenerator<string> {
  const stretches = await meterStretches(desk, store);
  const said = new Set(stretches.flatMap(({ series }) => [...series.keys()]));
  const quantities = (Object.keys(HEADS) as MeterQuantity[]).filter((quantity) => ALWAYS.includes(quantity) || said.has(quantity));
  const [local, utc] = [localTimes(desk.zone.id), utcTimes()];
  yield csvLine([textCell(`time (${desk.zone.id})`), "time (UTC)", ...quantities.map((quantity) => HEADS[quantity]), "quality", "source"]);
  for await (const rows of meterRows(store, stretches, { range, quantities })) {
    const lines = rows.map(({ tMs, values, quality, source }) =>
      csvLine([local(tMs), utc(tMs), ...Array.from(values, numberCell), textCell(qualityNames(quality).join(" ")), textCell(source)]),
    );
    yield lines.join("");
  }
}
