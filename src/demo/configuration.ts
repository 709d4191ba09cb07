import { DEMO_ZONES } from "./world.ts";

/** A source of the demo, as a configuration file would say it. */
export interface DemoSource {
  readonly name: string;
  readonly site: "plant" | "house" | "tower" | "market";
  readonly topics: readonly string[];
  readonly dialect: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** `{"name":…,"value":…}` below a topic that ends in quantity and point, as the demo's simple meters write it. */
function simple(prefix: string, quantity: string, how: { unit: string; kind: string }): DemoSource["options"] {
  return { topic: `${prefix}/${quantity}/{point}`, readings: [{ pointer: "/value", quantity, ...how, point: "{point}", pointName: { pointer: "/name" } }] };
}

export function demoSources(): DemoSource[] {
  const plantMeter = (name: string, quantity: string, unit: string): DemoSource => ({
    name,
    site: "plant",
    topics: [`demo/plant/meters/${quantity}/+`],
    dialect: "mapped-json",
    options: simple("demo/plant/meters", quantity, { unit, kind: "gauge" }),
  });
  return [plantMeter("plant-meters", "power", "kW")];
}

/** The demo's configuration. It is JSON, which is YAML too, so it is read and checked like a person's own. */
export function demoConfiguration(): string {
  const sources = demoSources().map(({ name, ...source }) => [name, { ...source, keepRaw: "none" }]);
  return JSON.stringify(
    {
      sites: {
        plant: { name: "Mill Road plant", zone: DEMO_ZONES.plant, currency: "USD" },
        house: { name: "Birkenweg 4", zone: DEMO_ZONES.house, currency: "EUR" },
        tower: { name: "North Tower", zone: DEMO_ZONES.tower, currency: "USD" },
        market: { name: "NEM market", zone: "Australia/Brisbane", currency: "AUD" },
      },
      mqtt: "embedded:0",
      sources: Object.fromEntries(sources),
    },
    null,
    2,
  );
}
