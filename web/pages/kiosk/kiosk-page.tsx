import "./kiosk.css";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { LiveProvider } from "#web/client/live.tsx";
import { usePageView } from "#web/client/page-views.ts";
import { kioskPlants } from "./kiosk-queries.ts";
import { KioskWait } from "./kiosk-wait.tsx";
import { KioskWall } from "./kiosk-wall.tsx";
import { refreshMs } from "./refresh.ts";
import { useAwake } from "./use-awake.ts";
import { useForcedScheme } from "./use-forced-scheme.ts";
import { useFreshCode } from "./use-fresh-code.ts";
import { usePixelShift } from "./use-pixel-shift.ts";

/** One screen on a wall: no frame, nothing to press, readable from four metres. */
export function KioskPage() {
  const search: {
    readonly site?: string | undefined;
    readonly plant?: string | undefined;
    readonly refresh?: string | undefined;
    readonly theme?: string | undefined;
  } = useSearch({ strict: false });
  useForcedScheme(search.theme);
  useAwake();
  useFreshCode();
  usePageView("/kiosk");
  const shift = usePixelShift();
  const everyMs = refreshMs(search.refresh);
  const query = useQuery(kioskPlants(everyMs));
  const plants = query.data?.plants.filter((one) => search.site === undefined || one.site === search.site);
  const plant = plants?.find((one) => one.id === search.plant) ?? plants?.[0];
  return (
    <LiveProvider site={plant?.site ?? search.site}>
      <div className="kiosk" ref={shift}>
        {plant === undefined ? <KioskWait query={query} everyMs={everyMs} /> : <Wall key={plant.id} plant={plant} everyMs={everyMs} />}
      </div>
    </LiveProvider>
  );
}

function Wall({ plant, everyMs }: { plant: PlantInfo; everyMs: number }) {
  const zone = plant.zone;
  const clock = useMemo(() => zoneClock(zone), [zone]);
  const look = useMemo(() => ({ plant, clock }), [plant, clock]);
  return <KioskWall look={look} everyMs={everyMs} />;
}
