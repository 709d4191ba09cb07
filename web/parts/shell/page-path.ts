import { useRouterState } from "@tanstack/react-router";
import { BASE_PATH } from "#web/client/base.ts";

/** The page that is shown, as the routes name it: "/", "/explorer"; whatever base path a proxy puts before it. */
export function usePagePath(): string {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname });
  const own = path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path;
  return own.replace(/\/$/, "") || "/";
}
