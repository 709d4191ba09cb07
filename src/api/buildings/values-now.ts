import { type Catalog, wordsOf } from "#api/catalog.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { PointNow } from "#reports/building-answers.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Latest } from "#store/records.ts";
import type { Store } from "#store/store.ts";

/** The newest value of every point of some equipment, whichever of its series said it. Missing: no row for a point that never spoke. */
export async function valuesNow(
  store: Pick<Store, "latest">,
  catalog: Catalog,
  equipment: readonly Equipment[],
): Promise<(of: Equipment) => ReadonlyMap<Role, PointNow>> {
  const series = equipment.flatMap(({ roles }) => [...roles.values()].flatMap((point) => point.series));
  const latest = series.length === 0 ? undefined : await store.latest([...new Set(series.map(({ id }) => id))]);
  const rows = new Map(latest && Array.from(latest.seriesId, (id, row) => [id, row] as const));
  return ({ roles }) => {
    const now = new Map<Role, PointNow>();
    for (const [role, point] of roles) {
      const newest = newestOf(point.series, latest, rows);
      if (latest !== undefined && newest !== undefined) now.set(role, told(role, { catalog, latest, ...newest }));
    }
    return now;
  };
}

interface Newest {
  readonly series: Series;
  readonly row: number;
}

function newestOf(all: readonly Series[], latest: Latest | undefined, rows: ReadonlyMap<number, number>): Newest | undefined {
  let newest: Newest | undefined;
  for (const series of all) {
    const row = rows.get(series.id);
    if (row === undefined || latest === undefined) continue;
    if (newest === undefined || (latest.tMs[row] as number) > (latest.tMs[newest.row] as number)) newest = { series, row };
  }
  return newest;
}

function told(role: Role, { catalog, latest, series, row }: Newest & { catalog: Catalog; latest: Latest }): PointNow {
  const [value, quality] = [latest.value[row] as number, latest.quality[row] as number];
  const words = wordsOf(catalog, series, { value, code: latest.code[row] as number });
  return {
    role,
    point: series.point,
    series: series.key,
    value,
    text: words.text ?? "",
    unit: series.unit,
    tMs: latest.tMs[row] as number,
    status: words.status ?? "",
    bad: (quality & BAD_QUALITY) !== 0,
    overridden: (quality & QUALITY.overridden) !== 0,
  };
}
