import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { Catalog } from "./catalog.ts";
import { type ColumnQuery, type WrittenColumn, writeColumn } from "./columns.ts";

/** Characters kept: pages of several people look at the same charts, and a small computer has little memory. */
const MAX_CHARACTERS = 8_000_000;

/** Columns as JSON text, kept as long as their series has the version they were read at. */
export interface ColumnCache {
  read(catalog: Catalog, series: Series, query: ColumnQuery): Promise<WrittenColumn>;
}

export function openColumnCache(store: Pick<Store, "version" | "read" | "readBuckets">): ColumnCache {
  const kept = new Map<string, { readonly version: number; readonly column: WrittenColumn }>();
  let characters = 0;
  const drop = (name: string): void => {
    characters -= kept.get(name)?.column.json.length ?? 0;
    kept.delete(name);
  };
  return {
    async read(catalog, series, query) {
      const name = [series.id, query.range.fromMs, query.range.toMs, query.budget, query.raw, query.asOfMs].join(" ");
      // Asked before the read: what changes in between makes the entry old, never wrongly new.
      const version = (await store.version([series.id]))[0] as number;
      const had = kept.get(name);
      if (had?.version === version) return had.column;
      const column = await writeColumn(store, catalog, { series, query });
      drop(name);
      kept.set(name, { version, column });
      characters += column.json.length;
      for (const oldest of kept.keys()) {
        if (characters <= MAX_CHARACTERS) break;
        drop(oldest);
      }
      return column;
    },
  };
}
