/** What a quantity is to people: its name, its family, how soon it is shown. One row per quantity; adding one is one line. */
export interface Quantity {
  readonly label: string;
  readonly medium: "electricity" | "export" | "gas" | "water" | "heat" | "climate" | "price" | "other";
  /** The lowest rank among a point's series is the point's own number. */
  readonly rank: number;
  /** Kept, but of interest to few. */
  readonly diagnostic?: true;
  /** Amounts start at zero on an axis; temperatures do not. */
  readonly fromZero?: true;
}

const q = (label: string, medium: Quantity["medium"], rank: number, more: Partial<Quantity> = {}): Quantity => ({
  label,
  medium,
  rank,
  ...more,
});
const zero = { fromZero: true } as const;
const diagnostic = { diagnostic: true } as const;

/** The vocabulary dialects speak. Names are API: added, never renamed. */
export const QUANTITIES: Readonly<Record<string, Quantity>> = {
  power: q("Power", "electricity", 10, zero),
  demand: q("Demand", "electricity", 11, zero),
  "power-import": q("Power bought", "electricity", 12, zero),
  "power-export": q("Power sold", "export", 13, zero),
  "power-l1": q("Power, phase 1", "electricity", 30, zero),
  "power-l2": q("Power, phase 2", "electricity", 31, zero),
  "power-l3": q("Power, phase 3", "electricity", 32, zero),
  "apparent-power": q("Apparent power", "electricity", 35, zero),
  "reactive-power": q("Reactive power", "electricity", 36),
  "power-factor": q("Power factor", "electricity", 60),
  energy: q("Energy", "electricity", 20, zero),
  "energy-import": q("Energy bought", "electricity", 21, zero),
  "energy-export": q("Energy sold", "export", 22, zero),
  "energy-import-t1": q("Energy bought, tariff 1", "electricity", 23, zero),
  "energy-import-t2": q("Energy bought, tariff 2", "electricity", 24, zero),
  "energy-import-t3": q("Energy bought, tariff 3", "electricity", 25, zero),
  "energy-today": q("Energy today", "electricity", 26, zero),
  "energy-yesterday": q("Energy yesterday", "electricity", 27, zero),
  "energy-period": q("Energy since last message", "electricity", 28, zero),
  pulses: q("Pulses", "electricity", 40, zero),
  "pulses-total": q("Pulse register", "electricity", 41, zero),
  "interval-pulses": q("Pulses per interval", "electricity", 42, zero),
  "energy-total": q("Energy register", "electricity", 43, zero),
  voltage: q("Voltage", "electricity", 50),
  "voltage-l1": q("Voltage, phase 1", "electricity", 51),
  "voltage-l2": q("Voltage, phase 2", "electricity", 52),
  "voltage-l3": q("Voltage, phase 3", "electricity", 53),
  current: q("Current", "electricity", 55, zero),
  "current-l1": q("Current, phase 1", "electricity", 56, zero),
  "current-l2": q("Current, phase 2", "electricity", 57, zero),
  "current-l3": q("Current, phase 3", "electricity", 58, zero),
  "current-n": q("Current, neutral", "electricity", 58, zero),
  frequency: q("Frequency", "electricity", 59),
  "gas-flow": q("Gas flow", "gas", 10, zero),
  "gas-volume": q("Gas", "gas", 20, zero),
  "water-flow": q("Water flow", "water", 10, zero),
  "water-volume": q("Water", "water", 20, zero),
  "heat-power": q("Heat output", "heat", 10, zero),
  "heat-energy": q("Heat", "heat", 20, zero),
  units: q("Units of an allocator", "heat", 25, zero),
  volume: q("Volume", "other", 20, zero),
  temperature: q("Temperature", "climate", 10),
  "temperature-setpoint": q("Temperature setpoint", "climate", 15),
  humidity: q("Humidity", "climate", 12),
  pressure: q("Pressure", "climate", 16),
  co2: q("CO₂", "climate", 13),
  airflow: q("Airflow", "climate", 11, zero),
  "airflow-setpoint": q("Airflow setpoint", "climate", 17, zero),
  "damper-position": q("Damper", "climate", 18, zero),
  "valve-position": q("Valve", "climate", 19, zero),
  state: q("State", "climate", 20),
  value: q("Value", "other", 10),
  "spot-price": q("Spot price", "price", 10),
  cost: q("Cost", "price", 20, zero),
  "unit-price": q("Price paid", "price", 21),
  "unit-price-vat": q("Tax in the price paid", "price", 22),
  "price-total": q("Price", "price", 11),
  "price-energy": q("Price of the energy", "price", 12),
  "price-tax": q("Tax and fees in the price", "price", 13),
  "price-level": q("Price level", "price", 14),
  "price-total-quarter-hour": q("Price, quarter-hourly", "price", 15),
  "price-energy-quarter-hour": q("Price of the energy, quarter-hourly", "price", 16),
  "price-tax-quarter-hour": q("Tax and fees in the price, quarter-hourly", "price", 17),
  "price-level-quarter-hour": q("Price level, quarter-hourly", "price", 18),
  "market-demand": q("Demand", "electricity", 11, zero),
  emissions: q("Emissions", "other", 30, zero),
  "emission-intensity": q("Emission intensity", "other", 31, zero),
  longitude: q("Longitude", "other", 90, diagnostic),
  latitude: q("Latitude", "other", 91, diagnostic),
  "device-time": q("Device clock", "other", 95, diagnostic),
  "device-online": q("Device online", "other", 96, diagnostic),
  "device-temperature": q("Device temperature", "other", 98, diagnostic),
  "signal-strength": q("Signal strength", "other", 97, diagnostic),
};

const PHASE = /^(.+)-l([123])$/;
/** Behind every quantity of the whole, before what nobody described. */
const PHASE_RANK = 70;

/**
 * The row of a quantity. One of a phase that has no row of its own, `energy-import-l2`, is named and coloured after the whole;
 * one that nobody described is shown under its own name.
 */
export function quantityOf(name: string): Quantity {
  const known = rowOf(name);
  if (known) return known;
  const [, whole = "", phase] = PHASE.exec(name) ?? [];
  const row = rowOf(whole);
  if (row) return { ...row, label: `${row.label}, phase ${phase}`, rank: PHASE_RANK };
  return { label: name.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase()), medium: "other", rank: 80 };
}

function rowOf(name: string): Quantity | undefined {
  return Object.hasOwn(QUANTITIES, name) ? QUANTITIES[name] : undefined;
}
