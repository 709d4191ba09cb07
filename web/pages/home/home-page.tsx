import "./home.css";
import "./home-cards.css";
import "./home-wall.css";
import { useMemo } from "react";
import type { HomeInfo } from "#contract/home.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { HomeSkeleton } from "./home-skeleton.tsx";
import { HomeView } from "./home-view.tsx";
import { NoHome } from "./no-home.tsx";
import { useHome } from "./use-home.ts";

/** What a house draws and sells, what it came to, and what it costs. */
export function HomePage() {
  const { home, homes, error, retry } = useHome();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (home === undefined) return <HomeSkeleton />;
  if (home === null) return <NoHome />;
  return <Known key={home.id} home={home} homes={homes} />;
}

function Known({ home, homes }: { home: HomeInfo; homes: readonly HomeInfo[] }) {
  const clock = useMemo(() => zoneClock(home.zone), [home.zone]);
  const look = useMemo(() => ({ home, clock }), [home, clock]);
  return <HomeView look={look} homes={homes} />;
}
