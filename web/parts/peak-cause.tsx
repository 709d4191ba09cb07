import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { buildingsQuery } from "#web/client/building-queries.ts";

interface CauseProps {
  /** `site/point` of the load. */
  readonly of: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Beside a peak of any load: to what the equipment of the building did then. Nothing where there is no building. */
export function PeakCause({ of, fromMs, toMs }: CauseProps) {
  const buildings = useQuery(buildingsQuery).data?.buildings ?? [];
  const building = buildings.find(({ site }) => of.startsWith(`${site}/`)) ?? buildings[0];
  if (building === undefined) return null;
  return (
    <Link className="link nowrap" to="/building/peak" search={{ site: building.site, of, select: `${fromMs}-${toMs}` }}>
      What caused it
    </Link>
  );
}
