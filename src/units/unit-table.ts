/** One unit: a base value is `(value - zero) × per / of`. The base of each dimension has 1. */
export interface UnitRow {
  readonly dimension: string;
  readonly symbol: string;
  readonly per: number;
  readonly of?: number;
  readonly zero?: number;
  /** Spellings of senders, beside case, blanks, `^` and superscripts, which do not matter. */
  readonly also?: readonly string[];
}

const rows = (dimension: string, table: Readonly<Record<string, readonly [per: number, of?: number, also?: string]>>): UnitRow[] =>
  Object.entries(table).map(([symbol, [per, of, also]]) => ({ dimension, symbol, per, of: of ?? 1, also: also?.split(" ") ?? [] }));

/** Cubic metres per cubic foot and per US gallon, both exact by definition. */
const CUBIC_FOOT = 0.028316846592;
const GALLON = 0.003785411784;

/**
 * Source: BIPM SI Brochure (9th ed.); NIST SP 811 appendix B for the customary units (Btu IT, mechanical horsepower,
 * ton of refrigeration 12 000 Btu/h, inch of water at 4 °C).
 */
export const UNIT_TABLE: readonly UnitRow[] = [
  ...rows("energy", {
    Wh: [1, 1, "watthour watthours w-h"],
    kWh: [1_000, 1, "kilowatthour kilowatthours kilowatt-hours kw-hr kwhr"],
    MWh: [1_000_000, 1, "megawatthours mwh"],
    GWh: [1_000_000_000],
    mWh: [1, 1_000],
    J: [1, 3_600, "joule joules"],
    kJ: [1_000, 3_600],
    MJ: [1_000_000, 3_600, "mj"],
    GJ: [1_000_000_000, 3_600],
    Btu: [1_055.05585262, 3_600],
    kBtu: [1_055_055.85262, 3_600],
    MMBtu: [1_055_055_852.62, 3_600],
    therm: [105_505_585.262, 3_600, "therms"],
    kcal: [4_186.8, 3_600],
  }),
  ...rows("power", {
    W: [1, 1, "watt watts"],
    kW: [1_000, 1, "kilowatt kilowatts"],
    MW: [1_000_000, 1, "megawatt megawatts mw"],
    GW: [1_000_000_000],
    mW: [1, 1_000],
    hp: [745.69987158227],
    "Btu/h": [1_055.05585262, 3_600, "btuh btu/hr"],
    kBtuh: [1_055_055.85262, 3_600, "mbh kbtu/h"],
    tonR: [12_000 * 1_055.05585262, 3_600, "tons_refrigeration tonref rt"],
  }),
  ...rows("apparent power", { VA: [1], kVA: [1_000], MVA: [1_000_000] }),
  ...rows("reactive power", { var: [1], kvar: [1_000], Mvar: [1_000_000, 1, "MVAr MVAR"] }),
  ...rows("apparent energy", { VAh: [1], kVAh: [1_000] }),
  ...rows("reactive energy", { varh: [1], kvarh: [1_000], Mvarh: [1_000_000] }),
  ...rows("volume", {
    "m³": [1, 1, "m3 cbm qm3 cubicmeter cubicmeters cubicmetre cubicmetres"],
    l: [1, 1_000, "litre litres liter liters dm3"],
    ml: [1, 1_000_000],
    "ft³": [CUBIC_FOOT, 1, "ft3 cf cuft"],
    ccf: [100 * CUBIC_FOOT, 1, "hcf"],
    Mcf: [1_000 * CUBIC_FOOT],
    gal: [GALLON, 1, "gallon gallons usgal"],
    kgal: [1_000 * GALLON],
  }),
  ...rows("flow", {
    "m³/h": [1, 1, "m3/h m3/hr cmh cubicmetersperhour cubicmetresperhour"],
    "m³/s": [3_600, 1, "m3/s m3/sec cubicmeterspersecond cubicmetrespersecond"],
    "l/s": [36, 10, "lps l/sec literspersecond litrespersecond"],
    "l/min": [6, 100, "lpm"],
    "l/h": [1, 1_000, "lph l/hr"],
    cfm: [60 * CUBIC_FOOT, 1, "ft3/min cubicfeetperminute scfm"],
    gpm: [60 * GALLON, 1, "gal/min gallonsperminute"],
  }),
  { dimension: "temperature", symbol: "°C", per: 1, also: ["c", "degc", "deg c", "celsius", "degreescelsius", "ºc", "℃"] },
  {
    dimension: "temperature",
    symbol: "°F",
    per: 5,
    of: 9,
    zero: 32,
    also: ["f", "degf", "deg f", "fahrenheit", "degreesfahrenheit", "ºf", "℉"],
  },
  { dimension: "temperature", symbol: "K", per: 1, zero: 273.15, also: ["kelvin"] },
  ...rows("temperature difference", {
    "Δ°C": [1, 1, "deltadegc δ°c δc celsiusdegrees delta-degrees-celsius"],
    "Δ°F": [5, 9, "deltadegf δ°f δf fahrenheitdegrees delta-degrees-fahrenheit"],
    ΔK: [1, 1, "deltak δk delta-degrees-kelvin"],
  }),
  ...rows("pressure", {
    Pa: [1, 1, "pascal"],
    hPa: [100],
    kPa: [1_000],
    MPa: [1_000_000],
    mbar: [100],
    bar: [100_000],
    psi: [6_894.757293168],
    inH2O: [249.08891, 1, "inwc in.w.c. in/wc inwg inh₂o"],
    inHg: [3_386.389],
    mmHg: [133.322387415],
  }),
  ...rows("voltage", { V: [1, 1, "volt volts"], mV: [1, 1_000], kV: [1_000] }),
  ...rows("current", { A: [1, 1, "amp amps ampere"], mA: [1, 1_000], kA: [1_000] }),
  ...rows("frequency", { Hz: [1, 1, "hertz"], kHz: [1_000], mHz: [1, 1_000] }),
  ...rows("time", {
    s: [1, 1, "sec second seconds"],
    ms: [1, 1_000],
    min: [60, 1, "minute minutes"],
    h: [3_600, 1, "hour hours hr"],
    d: [86_400, 1, "day days"],
  }),
  ...rows("ratio", { "%": [1, 100, "percent pct %rh"], "1": [1], "‰": [1, 1_000] }),
  ...rows("concentration", { ppm: [1], ppb: [1, 1_000] }),
  ...rows("mass", { kg: [1], g: [1, 1_000], t: [1_000, 1, "tonne tonnes tco2 tco2e"], lb: [0.45359237, 1, "lbs pound pounds"] }),
  ...rows("emission intensity", { "g/kWh": [1, 1, "kg/MWh gco2/kwh"], "t/MWh": [1_000, 1, "kg/kwh tco2/mwh"] }),
  ...rows("speed", { "m/s": [1], "km/h": [10, 36, "kph"], mph: [0.44704], "ft/min": [3_048, 600_000, "fpm"] }),
  ...rows("rotation", { rpm: [1, 1, "1/min u/min"] }),
  ...rows("angle", { "°": [1, 1, "deg degree degrees"] }),
  ...rows("illuminance", { lx: [1, 1, "lux"] }),
  ...rows("irradiance", { "W/m²": [1, 1, "w/m2"] }),
  ...rows("signal strength", { dBm: [1] }),
  ...rows("pulses", { pulse: [1, 1, "pulses imp impulse impulses"] }),
];
