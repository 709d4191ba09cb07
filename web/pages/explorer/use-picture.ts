import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { SeriesInfo } from "#contract/series.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { useLive } from "#web/client/live.tsx";
import { fetchColumns } from "#web/client/queries.ts";
import { type ColumnWish, wishFor } from "./column-wish.ts";
import { NO_PICTURE, type Picture, withAnswer, withLive } from "./picture.ts";

export interface PictureAsked {
  readonly series: readonly SeriesInfo[];
  readonly window: TimeSpan;
  readonly widthPx: number;
  readonly nowMs: number;
  readonly follow: boolean;
}

export interface PictureState {
  readonly picture: Picture;
  /** Nothing has come yet for these series. */
  readonly empty: boolean;
  /** A finer or wider answer is under way. */
  readonly loading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** History for a window: the former picture stays until the finer one is there, live samples are added at its end. */
export function usePicture(asked: PictureAsked): PictureState {
  const { series, window, nowMs } = asked;
  const keys = useMemo(() => series.map((one) => one.key), [series]);
  const [picture, setPicture] = useState<Picture>(NO_PICTURE);
  const complete = picture.columns.size > 0 && [...picture.columns.values()].every((one) => one.mode === "raw");
  const wish = useWish({ keys, window, widthPx: asked.widthPx, nowMs, complete });
  const query = useQuery({
    queryKey: ["columns", "explorer", wish.keys, wish.span.fromMs, wish.span.toMs, wish.points],
    queryFn: ({ signal }) =>
      fetchColumns({ series: wish.keys, fromMs: wish.span.fromMs, toMs: askedTo(wish), points: wish.points }, signal),
    enabled: wish.keys.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const rules = useRef({ window, nowMs, series });
  rules.current = { window, nowMs, series };
  const intervalMs = useRef((key: string) => rules.current.series.find((one) => one.key === key)?.intervalMs).current;
  const fresh = query.isPlaceholderData ? undefined : query.data;
  useEffect(() => {
    if (fresh === undefined) return;
    setPicture((before) => withAnswer(before, fresh, { window: rules.current.window, nowMs: rules.current.nowMs, intervalMs }));
  }, [fresh, intervalMs]);
  useLiveRows(asked.follow, setPicture, intervalMs);
  return {
    picture,
    empty: !keys.some((key) => picture.columns.has(key)),
    loading: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

const MINUTE_MS = 60_000;

/** Our clock stands still between its steps; the live channel does not bring what came since the last one. */
const askedTo = (wish: ColumnWish): number => (wish.span.toMs < wish.madeMs ? wish.span.toMs : wish.span.toMs + MINUTE_MS);

function useWish(now: Parameters<typeof wishFor>[1]): ColumnWish {
  const former = useRef<ColumnWish>(undefined);
  former.current = wishFor(former.current, now);
  return former.current;
}

function useLiveRows(
  follow: boolean,
  setPicture: (change: (before: Picture) => Picture) => void,
  intervalMs: (key: string) => number | undefined,
): void {
  const { store } = useLive();
  useEffect(() => {
    if (!follow) return;
    return store.subscribeAll(() => setPicture((before) => withLive(before, store.get, intervalMs)));
  }, [follow, store, setPicture, intervalMs]);
}
