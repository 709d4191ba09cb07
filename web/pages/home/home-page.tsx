import "./home.css";
import "./home-cards.css";
import "./home-wall.css";
import { lazy, Suspense, useMemo } from "react";
import type { HomeInfo } from "#contract/home.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { HomeSkeleton } from "./home-skeleton.tsx";
import { HomeView } from "./home-view.tsx";
import { useHome } from "./use-home.ts";

const NoHome = lazy(async () => ({ default: (await import("./no-home.tsx")).NoHome }));

/** What a house draws and sells, what it came to, and what it costs. */
export function HomePage() {
  const { home, homes, error, retry } = useHome();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (home === undefined) return <HomeSkeleton />;
  if (home === null) {
    return (
      <Suspense>
        <NoHome />
      </Suspense>
    );
  }
  return <Known key={home.id} home={home} homes={homes} />;
}

function Known({ home, homes }: { home: HomeInfo; homes: readonly HomeInfo[] }) {
  const clock = useMemo(() => zoneClock(home.zone), [home.zone]);
  const look = useMemo(() => ({ home, clock }), [home, clock]);
  return <HomeView look={look} homes={homes} />;
}
