import { unitOf, unitSymbol } from "#units/unit.ts";

/** Units that oBIX names otherwise than people do. */
const NAMES: Readonly<Record<string, string>> = {
  fahrenheit: "°F",
  fahrenheit_degrees: "Δ°F",
  celsius: "°C",
  celsius_degrees: "Δ°C",
  percent: "%",
  percent_relative_humidity: "%",
  cubic_feet_per_minute: "cfm",
  cubic_meters_per_hour: "m³/h",
  cubic_meters_per_second: "m³/s",
  liters_per_second: "L/s",
  gallons_per_minute: "gal/min",
  parts_per_million: "ppm",
  pascal: "Pa",
  kilopascal: "kPa",
  inches_of_water: "inH2O",
  pounds_per_square_inch: "psi",
  watt: "W",
  kilowatt: "kW",
  watt_hour: "Wh",
  kilowatt_hour: "kWh",
  volt: "V",
  ampere: "A",
  hertz: "Hz",
  revolutions_per_minute: "rpm",
  second: "s",
  minute: "min",
  hour: "h",
  null: "",
};

/** `obix:units/cubic_feet_per_minute` → `cfm`; one nobody described stays in its sender's words. */
export function obixUnit(written: string): string {
  const name = (written.split("/").at(-1) ?? "").trim();
  const known = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (known !== undefined) return unitSymbol(known);
  const words = name.replaceAll("_", " ");
  return unitOf(words) === undefined ? words.slice(0, 40) : unitSymbol(words);
}
