import type { HomeDesk } from "#api/homes/desk.ts";
import { METER_COLUMNS, type MeterQuantity, type MeterStretch, meterRows, meterStretches } from "#api/homes/meter-rows.ts";
import { jsonNumber } from "#api/json-text.ts";
import type { OldLatestReading } from "#contract/old-tasmota.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { convert } from "#units/unit.ts";
import { groupOf, type NewestMessages } from "./monitor-raw.ts";
import { oldTime } from "./old-time.ts";

const READING: readonly MeterQuantity[] = ["power", "energy-import"];
/** Values of one message are stamped by arrival and may lie a few milliseconds apart. */
const ONE_READING_MS = 1_000;

/** Every reading of a range as the JSON text of `oldReadingsSchema`, none left out, a page of the store at a time. */
export async function* readingsJson(desk: HomeDesk | undefined, store: Store, range: Range): AsyncGenerator<string> {
  let separator = "[";
  if (desk !== undefined) {
    const stretches = await meterStretches(desk, store);
    for await (const rows of meterRows(store, stretches, { range, quantities: READING })) {
      let chunk = "";
      for (const { tMs, values } of rows) {
        chunk += `${separator}{"t":${Math.floor(tMs)},"p":${jsonNumber(values[0] as number)},"e":${jsonNumber(values[1] as number)}}`;
        separator = ",";
      }
      yield chunk;
    }
  }
  yield separator === "[" ? "[]" : "]";
}

/** The newest reading with every column of the old table. Missing: undefined while there is none. */
export async function latestReading(desk: HomeDesk, store: Store, messages: NewestMessages): Promise<OldLatestReading | undefined> {
  const stretch = (await meterStretches(desk, store)).at(-1);
  if (stretch === undefined) return undefined;
  const { tMs, value } = await newestOf(stretch, store);
  const message = await messages.of(stretch.source);
  const figure = value("energy-import") ?? value("power") ?? Number.NaN;
  return {
    timestamp: oldTime(tMs, desk.zone),
    meter_id: meterIdOf(desk, stretch.source, await store.registry()),
    power_watts: value("power"),
    energy_in_kwh: value("energy-import"),
    energy_out_kwh: value("energy-export"),
    power_phase_1_watts: value("power-l1"),
    power_phase_2_watts: value("power-l2"),
    power_phase_3_watts: value("power-l3"),
    raw_payload: (message && groupOf(message, figure)) ?? null,
  };
}

async function newestOf({ series, lastMs }: MeterStretch, store: Store) {
  const latest = await store.latest([...series.values()].map(({ id }) => id));
  const rows = new Map(Array.from(latest.seriesId, (id, row) => [id, row]));
  return {
    tMs: lastMs,
    value: (quantity: MeterQuantity): number | null => {
      const one = series.get(quantity);
      const row = one && rows.get(one.id);
      if (one === undefined || row === undefined || (latest.tMs[row] as number) < lastMs - ONE_READING_MS) return null;
      return jsonNumber(convert(latest.value[row] as number, one.unit, METER_COLUMNS[quantity]));
    },
  };
}

/** The number on the meter, else the name of its point. */
function meterIdOf({ place }: HomeDesk, source: string, { assignments, devices }: Registry): string {
  const newest = assignments
    .filter((row) => row.source === source && row.site === place.site && row.point === place.point)
    .toSorted((a, b) => b.fromMs - a.fromMs)[0];
  const device = newest && devices.find((one) => one.source === source && one.id === newest.device);
  return device?.serial ?? place.point;
}
