import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SeriesInfo } from "#contract/series.ts";
import { chartColumn } from "#web/charts/chart-column.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { fetchColumns } from "#web/client/queries.ts";
import { unitText } from "#web/parts/format-number.ts";
import { beforeOf, changeWords } from "./before.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";

const POINTS = 500;
const MINUTE_MS = 60_000;

/** "4.2 % more than the week before" for windows of whole days; undefined while it is not known or would not be fair. */
export function useChange(
  info: SeriesInfo,
  span: TimeSpan,
  { statistics, clock }: { statistics: Statistics | undefined; clock: ZoneClock },
) {
  // A window that moves with the clock is compared anew once a minute at the most.
  const fromMs = Math.floor(span.fromMs / MINUTE_MS) * MINUTE_MS;
  const toMs = Math.floor(span.toMs / MINUTE_MS) * MINUTE_MS;
  const before = useMemo(() => beforeOf({ fromMs, toMs }, clock), [fromMs, toMs, clock]);
  const room = before === undefined ? 0 : (before.span.toMs - before.span.fromMs) / 50;
  const wanted =
    before !== undefined && statistics?.amount !== undefined && before.span.fromMs >= (info.firstMs ?? Number.POSITIVE_INFINITY);
  const query = useQuery({
    queryKey: ["columns", "before", info.key, before?.span.fromMs, before?.span.toMs],
    queryFn: ({ signal }) =>
      fetchColumns(
        { series: [info.key], fromMs: (before?.span.fromMs ?? 0) - room, toMs: (before?.span.toMs ?? 1) + room, points: POINTS },
        signal,
      ),
    enabled: wanted,
    staleTime: 10 * MINUTE_MS,
    gcTime: MINUTE_MS,
  });
  const answer = query.data?.columns[0];
  return useMemo(() => {
    if (answer === undefined || before === undefined || statistics === undefined) return undefined;
    const former = statisticsOf(chartColumn(answer, info.intervalMs ?? 0), before.span, {
      kind: info.kind,
      unit: unitText(info.unit),
      gapMs: answer.gapMs ?? Number.POSITIVE_INFINITY,
      nowMs: Number.MAX_SAFE_INTEGER,
      ...(info.everyMs === undefined ? {} : { everyMs: info.everyMs }),
    });
    return changeWords(statistics, former, before.words);
  }, [answer, before, statistics, info]);
}
