import { z } from "zod";
import { Names } from "./names.ts";

/** What a label of a meter script means. */
export interface Field {
  readonly quantity: string;
  readonly unit: string;
  readonly kind: "counter" | "gauge";
}

const counter = (quantity: string): Field => ({ quantity, unit: "kWh", kind: "counter" });
const gauge = (quantity: string, unit: string): Field => ({ quantity, unit, kind: "gauge" });

/** Labels seen in published meter scripts, folded by `fold`. The OBIS number behind each is in the README. */
const KNOWN: readonly (readonly [Field, string])[] = [
  [counter("energy-import"), "ein totalin energyin energyimport import bezug verbrauch 180 zaehlerstand totalenergyin gridimport total"],
  [counter("energy-export"), "eout totalout energyout energyexport export einspeisung lieferung 280 totalenergyout gridexport"],
  [counter("energy-import-t1"), "eint1 ein1 totalin1 totalint1 ht 181"],
  [counter("energy-import-t2"), "eint2 ein2 totalin2 totalint2 nt 182"],
  [gauge("power", "W"), "power powercur powercurr curr current_power p w watt leistung powertotal totalpower pwr 1670 powernow aktuell"],
  [gauge("power-l1", "W"), "powerp1 powerl1 p1 l1 pl1 leistungl1 3670"],
  [gauge("power-l2", "W"), "powerp2 powerl2 p2 l2 pl2 leistungl2 5670"],
  [gauge("power-l3", "W"), "powerp3 powerl3 p3 l3 pl3 leistungl3 7670"],
  [gauge("voltage", "V"), "voltage volt u spannung"],
  [gauge("voltage-l1", "V"), "voltp1 voltagep1 voltagel1 voltl1 u1 ul1 3270"],
  [gauge("voltage-l2", "V"), "voltp2 voltagep2 voltagel2 voltl2 u2 ul2 5270"],
  [gauge("voltage-l3", "V"), "voltp3 voltagep3 voltagel3 voltl3 u3 ul3 7270"],
  [gauge("current-l1", "A"), "currp1 currentp1 currentl1 ampp1 i1 il1 3170"],
  [gauge("current-l2", "A"), "currp2 currentp2 currentl2 ampp2 i2 il2 5170"],
  [gauge("current-l3", "A"), "currp3 currentp3 currentl3 ampp3 i3 il3 7170"],
  [gauge("frequency", "Hz"), "freq frequency hz frequenz 1470"],
];

const SERIAL = "meterid meternumber meterno metersn serverid serial serialnumber serialno zaehlernummer id 9610 009 960";

/** Field groups of Tasmota's own drivers: never a meter script. */
const NOT_A_METER = new Set([
  "ENERGY",
  "WIFI",
  "STATUSSNS",
  "COUNTER",
  "ANALOG",
  "TIC",
  "LINKY",
  "ESP32",
  "RN",
  "SWITCH",
  "BUTTON",
  "MARGINS",
  "ENERGYRESET",
]);

const spellings = new Map<string, Field>();
for (const [field, words] of KNOWN) for (const word of words.split(" ")) spellings.set(word.replaceAll("_", ""), field);
const serialSpellings: ReadonlySet<string> = new Set(SERIAL.split(" "));

/** `E_in`, `e-in`, `E in` and `Ein` are one label. */
function fold(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

export const optionsSchema = z
  .strictObject({
    groups: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Names of the meter groups to read; left out, every group that looks like a meter is read"),
    fields: z
      .record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a quantity is written like energy-import"), z.array(z.string().min(1)).min(1))
      .default({})
      .describe("More labels per quantity, for scripts with words of their own: { energy-import: [Haus] }"),
    units: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe("The script's unit where it is not kWh and W: { energy-import: Wh }"),
    point: z.enum(["group-and-device", "group", "device"]).default("group-and-device").describe("What the point is named after"),
    energy: z.boolean().default(true).describe("Also read the ENERGY object of plugs that publish on the same topics"),
    deviceTime: z.boolean().default(true).describe("Keep the reader's own clock as a diagnostic series"),
  })
  .transform((given) => ({
    deviceTime: given.deviceTime,
    energy: given.energy,
    names: new Names(given.point),
    groups: given.groups ? new Set(given.groups) : undefined,
    labels: new Labels(given.fields, given.units),
  }));

export type Options = z.output<typeof optionsSchema>;

/** What the labels of one configured source mean; looked up by the exact spelling first, since a meter repeats it for years. */
class Labels {
  private readonly exact = new Map<string, Field | "serial">();
  private readonly own = new Map<string, Field>();
  private readonly units: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, readonly string[]>>, units: Readonly<Record<string, string>>) {
    this.units = units;
    const known = new Map(KNOWN.map(([field]) => [field.quantity, field]));
    for (const [quantity, labels] of Object.entries(fields)) {
      const field = known.get(quantity) ?? { quantity, unit: "", kind: "gauge" as const };
      for (const label of labels) this.own.set(fold(label), this.withUnit(field));
    }
    for (const label of COMMON) {
      const meaning = this.search(label);
      if (meaning !== undefined) this.exact.set(label, meaning);
    }
  }

  /** The meaning of a label. Missing: undefined for a label nobody described. */
  meaning(label: string): Field | "serial" | undefined {
    return this.exact.get(label) ?? this.search(label);
  }

  private search(label: string): Field | "serial" | undefined {
    const folded = fold(label);
    const own = this.own.get(folded);
    if (own !== undefined) return own;
    const field = spellings.get(folded);
    if (field !== undefined) return this.withUnit(field);
    return serialSpellings.has(folded) ? "serial" : undefined;
  }

  private withUnit(field: Field): Field {
    const unit = Object.hasOwn(this.units, field.quantity) ? this.units[field.quantity] : undefined;
    return unit === undefined ? field : { ...field, unit };
  }
}

const COMMON =
  "E_in E_out Total_in Total_out Power Power_cur Power_curr Power_p1 Power_p2 Power_p3 P L1 L2 L3 Meter_id Meter_Number Server_ID Volt_p1 Volt_p2 Volt_p3 Curr_p1 Curr_p2 Curr_p3".split(
    " ",
  );

/** Whether a group could be a meter's at all, by its name. */
export function mayBeMeter(group: string): boolean {
  return !NOT_A_METER.has(group.toUpperCase());
}
