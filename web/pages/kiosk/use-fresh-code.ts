import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { HealthAnswer } from "#contract/health.ts";
import { getJson } from "#web/client/fetch.ts";

/** A wall is never closed: after an update of the server it loads itself anew. */
export function useFreshCode(): void {
  const version = useQuery({
    queryKey: ["kiosk", "version"],
    queryFn: async ({ signal }) => (await getJson<HealthAnswer>("/health", { signal })).version,
    refetchInterval: 60_000,
    refetchIntervalInBackground: true,
    networkMode: "always",
    retry: false,
  }).data;
  const first = useRef<string>(undefined);
  useEffect(() => {
    if (version === undefined) return;
    first.current ??= version;
    if (first.current !== version) location.reload();
  }, [version]);
}
