import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Asked, askedOf } from "./asked-span.ts";
import { useNow } from "./live.tsx";
import type { RangeName } from "./range.ts";

/** What the address of the open page asks of a building. */
export function useAsked(zone: string, usual: RangeName = "today"): Asked {
  const { range, from, to } = useSearch({ strict: false });
  const nowMs = useNow(60_000);
  return useMemo(() => askedOf({ range, from, to }, nowMs, { zone, usual }), [range, from, to, nowMs, zone, usual]);
}
