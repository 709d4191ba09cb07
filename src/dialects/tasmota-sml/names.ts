import { kebab } from "#dialects/kebab.ts";

/** What a meter's point is named after. */
export type NameRule = "group-and-device" | "group" | "device";

/** What the point of a meter is called, and its id. */
export interface Name {
  readonly point: string;
  readonly pointName: string;
}

/** The name every reader head leaves the factory with: it tells nobody apart. */
const FACTORY_NAME = "tasmota";

/** Devices whose names are remembered. */
const MOST_DEVICES = 1_000;

/** The names of one configured source's meters, worked out once: a meter says the same words for years. */
export class Names {
  readonly #rule: NameRule;
  readonly #byDevice = new Map<string, Map<string, Name>>();

  constructor(rule: NameRule) {
    this.#rule = rule;
  }

  of(group: string, device: string): Name {
    const known = this.#byDevice.get(device)?.get(group);
    if (known !== undefined) return known;
    const pointName = nameOf(group, device, this.#rule);
    const name = { point: kebab(pointName) || "meter", pointName };
    if (this.#byDevice.size >= MOST_DEVICES) this.#byDevice.clear();
    const groups = this.#byDevice.get(device) ?? new Map<string, Name>();
    if (groups.size >= MOST_DEVICES) groups.clear();
    this.#byDevice.set(device, groups.set(group, name));
    return name;
  }
}

function nameOf(group: string, device: string, rule: NameRule): string {
  if (rule === "device" || group === "") return device;
  if (rule === "group" || device.toLowerCase() === FACTORY_NAME) return group;
  return lastWord(device) === kebab(group) ? device : `${group} (${device})`;
}

/** `tasmota_MT681` needs no MT681 in front. */
function lastWord(device: string): string {
  const id = kebab(device);
  return id.slice(id.lastIndexOf("-") + 1);
}
