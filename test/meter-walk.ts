import type { Page } from "playwright-core";
import type { Server } from "./server.ts";

const DAY_MS = 86_400_000;

/** A meter of the house that people walk through: what it used each day, and the places of its dial. */
interface WalkedMeter {
  readonly name: string;
  readonly unit: string;
  readonly group: string;
  readonly startsAt: number;
  readonly perDay: number;
}

export const WALKED = {
  gas: { name: "Gas, heating", unit: "m³", group: "Cellar", startsAt: 18_000.5, perDay: 4 },
  water: { name: "Water, main", unit: "m³", group: "Cellar", startsAt: 500.5, perDay: 0.5 },
  flat1: { name: "Flat 1", unit: "kWh", group: "Hall", startsAt: 24_000.5, perDay: 7 },
  flat2: { name: "Flat 2", unit: "kWh", group: "Hall", startsAt: 8_000.5, perDay: 5 },
  flat3: { name: "Flat 3", unit: "kWh", group: "Hall", startsAt: 500.5, perDay: 5 },
} as const satisfies Record<string, WalkedMeter>;
export type Walked = keyof typeof WALKED;

/** The configuration of the house: nobody but people reads its meters. */
export const WALKED_YAML = `
sites:
  house: { name: House, zone: Europe/Berlin, currency: EUR }
meters:
${Object.entries(WALKED)
  .map(([id, meter]) => `  ${id}: { site: house, name: "${meter.name}", unit: ${meter.unit}, group: ${meter.group}, readEveryDays: 30 }`)
  .join("\n")}
`;

/** What a dial shows an age ago; the same at every call. */
export function dialAt(id: Walked, daysAgo: number, nowMs: number): { readonly at: string; readonly value: number } {
  const { startsAt, perDay } = WALKED[id];
  const value = Math.round((startsAt + (1_000 - daysAgo) * perDay) * 10) / 10;
  return { at: new Date(nowMs - daysAgo * DAY_MS).toISOString(), value };
}

/** Says a reading as a page does. */
export async function sayReading(
  server: Server,
  id: string,
  { at, value, token }: ReturnType<typeof dialAt> & { readonly token?: string | undefined },
) {
  const response = await fetch(`${server.url}/api/v1/meters/house.${id}/readings`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ at, value }),
  });
  if (!response.ok) throw new Error(`${id}: ${response.status} ${await response.text()}`);
}

/** Every meter read every 30 days for so long, the last time 40 days ago: all are due. */
export async function walkBefore(
  server: Server,
  nowMs: number,
  { token, times = 12 }: { token?: string; times?: number } = {},
): Promise<void> {
  for (const id of Object.keys(WALKED) as Walked[]) {
    for (let time = times - 1; time >= 0; time--) await sayReading(server, id, { ...dialAt(id, 40 + 30 * time, nowMs), token });
  }
}

/** The page Round as a thumb uses it. */
export class RoundScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Until the meter of that name is the one to read. */
  async stopsAt(name: string): Promise<void> {
    await this.page.getByRole("region", { name, exact: true }).getByRole("heading", { name, exact: true }).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: /^The dial shows/ }).fill(text);
  }

  async keep(): Promise<void> {
    await this.page.getByRole("button", { name: /and go on$|keep it$/ }).tap();
  }

  /** What the page thinks of the number in the field. */
  async verdict(): Promise<string> {
    return plain(await this.page.locator(".round-verdict").textContent());
  }

  /** The first line of the page. */
  async headline(): Promise<string> {
    return plain(await this.page.getByRole("heading", { level: 1 }).textContent());
  }

  /** The lines below it. */
  async evidence(): Promise<string> {
    return plain(await this.page.locator(".answer p").textContent());
  }

  /** What the list of stops says of a meter. */
  async state(name: string): Promise<string> {
    const stop = this.page.getByRole("region", { name: "Stops" }).getByRole("button", { name: new RegExp(`^${name}`) });
    return plain(await stop.textContent());
  }
}

const plain = (text: string | null): string => (text ?? "").replaceAll(/\s/g, " ").trim();
