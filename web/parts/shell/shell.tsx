import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { LiveProvider } from "#web/client/live.tsx";
import { usePageView } from "#web/client/page-views.ts";
import { sessionQuery } from "#web/client/queries.ts";
import { usePairingCode } from "#web/pages/sign-in/use-pairing.ts";
import { AwayNotice } from "./away-notice.tsx";
import { Bar } from "./bar.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { usePagePath } from "./page-path.ts";
import { PAGES, railPageOf } from "./pages.ts";
import { Rail } from "./rail.tsx";
import { RoundNotice } from "./round-notice.tsx";
import { useNarrowRail } from "./use-narrow-rail.ts";
import { usePalette } from "./use-palette.ts";

// Both are seen seldom, and what they are made of is a good part of all script.
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const SignInPage = lazy(async () => ({ default: (await import("#web/pages/sign-in/sign-in-page.tsx")).SignInPage }));

/** The frame around every page. Who is not signed in sees the way in, and nothing else is asked for. */
export function Shell() {
  const session = useQuery(sessionQuery);
  const page = usePagePath();
  const pairingCode = usePairingCode();
  // The wall has no frame, and says itself what it may not read.
  if (page === "/kiosk") return <Outlet />;
  const role = session.data?.role;
  if (role === null || role === "ingest") {
    return (
      <Suspense>
        <SignInPage device={role === "ingest"} pairingCode={pairingCode} />
      </Suspense>
    );
  }
  return <Frame />;
}

function Frame() {
  const { site } = useSearch({ strict: false });
  const page = usePagePath();
  const [narrow, toggleNarrow] = useNarrowRail();
  const palette = usePalette(page !== "/explorer");
  const main = useFocusOnNavigation();
  useTitle(page);
  usePageView(page);
  return (
    <LiveProvider site={site}>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <div className="app" data-narrow={narrow}>
        <Rail narrow={narrow} onToggle={toggleNarrow} />
        <div>
          <Bar onSearch={palette.open} />
          <AwayNotice />
          <RoundNotice />
          <main className="page" id="main" ref={main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <BottomBar onSearch={palette.open} />
      </div>
      {palette.wanted && (
        <Suspense>
          <Palette opened={palette.opened} onClose={palette.close} />
        </Suspense>
      )}
    </LiveProvider>
  );
}

/** Moves the reading position to the page after a change of page, so that a screen reader starts there. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

/** Names the browser's tab after the page. */
function useTitle(path: string): void {
  const label = PAGES.find((page) => page.to === path || page.to === railPageOf(path))?.label;
  useEffect(() => {
    document.title = label === undefined ? "Wattkeep" : `${label} · Wattkeep`;
  }, [label]);
}
