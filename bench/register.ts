import type { Store } from "#store/store.ts";

/** Gives the store series 1 … count of one source, all gauges. */
export async function registerSeries(store: Store, count: number, source = "bench"): Promise<number[]> {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  await store.register({
    sites: [{ id: "bench", name: "Bench", zone: "UTC", currency: "EUR" }],
    points: ids.map((id) => ({ site: "bench", id: `p${id}`, name: `Point ${id}` })),
    series: ids.map((id) => ({
      id,
      key: `bench/p${id}/value@${source}`,
      site: "bench",
      point: `p${id}`,
      quantity: "value",
      source,
      kind: "gauge" as const,
      unit: "W",
      equalInstant: "last" as const,
    })),
  });
  return ids;
}
