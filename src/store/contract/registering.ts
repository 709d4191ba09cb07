import { expect, test } from "vitest";
import type { RegistryChange } from "#sites/registry.ts";
import { batchOf, type Home, SERIES, START_MS } from "./world.ts";

const CHANGE = {
  sites: [
    { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR", declared: { file: "wattkeep.yaml", line: 3 } },
    { id: "plant", name: "Plant", zone: "America/Chicago", currency: "USD" },
  ],
  points: [{ site: "home", id: "main", name: "Main electricity" }],
  series: [{ ...(SERIES[0] as (typeof SERIES)[number]), kind: "interval", intervalMs: 900_000, demo: true }],
  devices: [{ source: "meter", id: "MT681", serial: "1EMH001", firstSeenMs: START_MS }],
  assignments: [{ source: "meter", device: "MT681", site: "home", point: "main", fromMs: START_MS }],
  codes: [{ seriesId: 1, code: 1, text: "Über-Temperatur {fault}" }],
} as const satisfies RegistryChange;

const FACT = { site: "home", point: "main", name: "multiplier", value: 40, fromMs: START_MS, who: "anna", madeMs: START_MS } as const;

export function registering(home: () => Home): void {
  test("gives back every row as it was said, after reopening too", async () => {
    await home().store.register({ ...CHANGE, facts: [FACT, { ...FACT, name: "name", value: "Main & garage" }] });
    const registry = await home().store.registry();
    expect(registry).toMatchObject(CHANGE);
    expect(registry.facts.map(({ id, ...fact }) => fact)).toEqual([FACT, { ...FACT, name: "name", value: "Main & garage" }]);
    expect(await (await home().reopen()).registry()).toEqual(registry);
  });

  test("takes rows with the batch that needs them", async () => {
    const { store } = home();
    await store.append(batchOf([[1, START_MS, 1, 0, 1]], CHANGE));
    expect(await store.registry()).toMatchObject(CHANGE);
  });

  test("says the same twice without a second row", async () => {
    const { store } = home();
    await store.register({ ...CHANGE, facts: [FACT] });
    const registry = await store.registry();
    await store.register({ ...CHANGE, facts: [{ ...FACT, madeMs: START_MS + 5 }] });
    expect(await store.registry()).toEqual(registry);
  });

  test("lets a name and a zone be said anew, a serial be heard later", async () => {
    const { store } = home();
    await store.register(CHANGE);
    await store.register({
      sites: [{ id: "home", name: "Our home", zone: "Europe/Vienna", currency: "EUR" }],
      devices: [{ source: "meter", id: "MT681", firstSeenMs: START_MS + 9 }],
    });
    const registry = await store.registry();
    expect(registry.sites[0]).toEqual({ id: "home", name: "Our home", zone: "Europe/Vienna", currency: "EUR" });
    expect(registry.devices[0]).toEqual({ source: "meter", id: "MT681", serial: "1EMH001", firstSeenMs: START_MS });
  });

  test("keeps what senders say of a point until they say otherwise, whoever names it anew", async () => {
    const { store } = home();
    const about = { station: "North", path: "Vav1-01 Space Temp", equipment: "VAV 1-01", floor: "2", tags: ["temp", "zone"] } as const;
    const point = { site: "home", id: "main", name: "Main" } as const;
    await store.register({ ...CHANGE, points: [{ ...point, about }] });
    await store.register({ points: [{ ...point, name: "Lobby", declared: { file: "wattkeep.yaml", line: 7 } }] });
    const named = { ...point, name: "Lobby", declared: { file: "wattkeep.yaml", line: 7 }, about };
    expect((await store.registry()).points).toEqual([named]);
    const again = await home().reopen();
    expect((await again.registry()).points).toEqual([named]);
    const more = { ...about, floor: "3", tags: [] } as const;
    await again.register({ points: [{ ...named, about: more }] });
    expect((await again.registry()).points).toEqual([{ ...named, about: more }]);
  });

  test("refuses to make an id something else, and adds nothing of that change", async () => {
    const { store } = home();
    await store.register(CHANGE);
    const other = { ...(SERIES[1] as (typeof SERIES)[number]), id: 1 };
    const site = { id: "new", name: "New", zone: "UTC", currency: "EUR" };
    await expect(store.register({ sites: [site], series: [other] })).rejects.toThrow("Series 1 is");
    await expect(store.register({ codes: [{ seriesId: 1, code: 1, text: "another" }] })).rejects.toThrow("Code 1");
    await expect(store.register({ series: [{ ...(CHANGE.series[0] as (typeof SERIES)[number]), id: 9 }] })).rejects.toThrow();
    expect(await store.registry()).toMatchObject(CHANGE);
    expect((await store.registry()).sites).toHaveLength(2);
    await expect(store.append(batchOf([[9, START_MS, 1]], { series: [] }))).rejects.toThrow("no series 9");
  });

  test("undoes a fact and keeps its row", async () => {
    const { store } = home();
    await store.register({ facts: [FACT] });
    const [fact] = (await store.registry()).facts;
    await store.register({ facts: [{ ...FACT, id: fact?.id as number, undoneMs: START_MS + 7 }] });
    expect((await store.registry()).facts).toEqual([{ ...FACT, id: fact?.id, undoneMs: START_MS + 7 }]);
    await store.register({ facts: [FACT] });
    expect((await store.registry()).facts).toHaveLength(2);
  });
}
