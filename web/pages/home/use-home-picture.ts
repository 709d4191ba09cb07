import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { HomeInfo } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { useLive } from "#web/client/live.tsx";
import { type ChartWish, wishFor } from "./chart-wish.ts";
import { type HomePicture, NO_HOME_PICTURE, newestMs, pictureOf, withTail } from "./home-picture.ts";
import { chartKey, fetchChart } from "./home-queries.ts";
import { useReadings } from "./use-readings.ts";

export interface PictureAsked {
  readonly home: HomeInfo;
  readonly window: TimeSpan;
  readonly widthPx: number;
  readonly nowMs: number;
  readonly follow: boolean;
  readonly phases: boolean;
  readonly typical: boolean;
}

export interface HomePictureState {
  readonly picture: HomePicture;
  /** Nothing has come yet. */
  readonly empty: boolean;
  /** What is shown is of another range; a finer or wider answer is under way. */
  readonly loading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The picture for a window: the former one stays until the finer one is there; in a window that follows, new rows join its end. */
export function useHomePicture(asked: PictureAsked): HomePictureState {
  const { home, nowMs, follow, phases, typical } = asked;
  const former = useRef<ChartWish>(undefined);
  const [complete, setComplete] = useState(false);
  const wish = wishFor(former.current, { window: asked.window, widthPx: asked.widthPx, nowMs, complete });
  former.current = wish;
  const query = useQuery({
    queryKey: [...chartKey(home), wish.span.fromMs, wish.span.toMs, wish.points, phases, typical],
    queryFn: ({ signal }) => fetchChart(home.id, { span: wish.span, points: wish.points, phases, typical }, signal),
    enabled: asked.widthPx > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  const { data } = query;
  const { everyMs } = home.reader;
  const base = useMemo(() => (data === undefined ? NO_HOME_PICTURE : pictureOf(data, everyMs)), [data, everyMs]);
  useEffect(() => setComplete(data !== undefined && data.stepMs === 0), [data]);
  const picture = useTail(base, { home, follow, phases });
  return {
    picture,
    empty: data === undefined,
    loading: query.isFetching && (query.isPlaceholderData || data === undefined),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

interface TailAsked {
  readonly home: HomeInfo;
  readonly follow: boolean;
  readonly phases: boolean;
}

const TAIL_POINTS = 400;
/** The server's clock may be ahead of ours. */
const AHEAD_MS = 60_000;

/** Fetches only what came after the last row, with every new reading. */
function useTail(base: HomePicture, { home, follow, phases }: TailAsked): HomePicture {
  const { ticker } = useLive();
  const [grown, setGrown] = useState({ base, picture: base });
  const picture = grown.base === base ? grown.picture : base;
  const state = useRef({ base, picture, busy: false });
  state.current.base = base;
  state.current.picture = picture;
  const more = useCallback(() => {
    const { current } = state;
    const fromMs = newestMs(current.picture);
    if (!follow || current.busy || fromMs === undefined) return;
    current.busy = true;
    const { base: mine } = current;
    const span = { fromMs, toMs: ticker.nowMs() + AHEAD_MS };
    fetchChart(home.id, { span, points: TAIL_POINTS, phases, typical: false })
      .then((answer) => {
        if (current.base === mine)
          setGrown({ base: mine, picture: withTail(current.picture, pictureOf(answer, home.reader.everyMs), fromMs) });
      })
      // The next reading asks again; that the server is away is said above every page.
      .catch(() => {})
      .finally(() => {
        current.busy = false;
      });
  }, [follow, home, phases, ticker]);
  useReadings(home, more);
  return picture;
}
