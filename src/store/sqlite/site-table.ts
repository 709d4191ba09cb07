import type { Declared, Point, PointAbout, Site } from "#sites/registry.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface DeclaredRow {
  readonly declared_file: string | null;
  readonly declared_line: number | null;
}
type SiteRow = DeclaredRow & { id: string; name: string; zone: string; currency: string };
type PointRow = DeclaredRow & { site: string; id: string; name: string; about: string | null };

/** Sites and points: names, zone and currency may be said anew, the id stays; what senders said stays until they say otherwise. */
export class SiteTable {
  readonly #saveSite: Statement<never>;
  readonly #savePoint: Statement<never>;
  readonly #sites: Statement<SiteRow>;
  readonly #points: Statement<PointRow>;

  constructor(db: Database) {
    this.#saveSite = prepare(
      db,
      `INSERT INTO site VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, zone = excluded.zone,
       currency = excluded.currency, declared_file = excluded.declared_file, declared_line = excluded.declared_line`,
    );
    this.#savePoint = prepare(
      db,
      `INSERT INTO point (site, id, name, declared_file, declared_line, about) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (site, id) DO UPDATE SET name = excluded.name, declared_file = excluded.declared_file,
       declared_line = excluded.declared_line, about = coalesce(excluded.about, about)`,
    );
    this.#sites = prepare(db, "SELECT * FROM site ORDER BY id");
    this.#points = prepare(db, "SELECT * FROM point ORDER BY site, id");
  }

  all(): { sites: Site[]; points: Point[] } {
    return {
      sites: this.#sites.all().map((row) => ({ id: row.id, name: row.name, zone: row.zone, currency: row.currency, ...declared(row) })),
      points: this.#points.all().map((row) => ({ site: row.site, id: row.id, name: row.name, ...declared(row), ...about(row) })),
    };
  }

  saveSite(site: Site): void {
    this.#saveSite.run(site.id, site.name, site.zone, site.currency, site.declared?.file ?? null, site.declared?.line ?? null);
  }

  savePoint(point: Point): void {
    this.#savePoint.run(point.site, point.id, point.name, point.declared?.file ?? null, point.declared?.line ?? null, told(point));
  }
}

function told({ about }: Point): string | null {
  return about === undefined ? null : JSON.stringify(about);
}

function about({ about }: PointRow): Pick<Point, "about"> {
  return about === null ? {} : { about: JSON.parse(about) as PointAbout };
}

function declared(row: DeclaredRow): { declared?: Declared } {
  return row.declared_file === null ? {} : { declared: { file: row.declared_file, line: row.declared_line ?? 0 } };
}
