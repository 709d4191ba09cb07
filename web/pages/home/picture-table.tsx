import { useMemo } from "react";
import { ChartTable } from "#web/charts/chart-table.tsx";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { HomeLook } from "./home-look.ts";
import type { HomePicture } from "./home-picture.ts";
import { tableLines } from "./table-lines.ts";

/** The picture as a table: the same rows, the newest first. */
export function PictureTable({
  look: { home },
  picture,
  span,
  nowMs,
}: {
  look: HomeLook;
  picture: HomePicture;
  span: TimeSpan;
  nowMs: number;
}) {
  const lines = useMemo(() => tableLines(picture, home), [picture, home]);
  return <ChartTable lines={lines} span={span} zone={home.zone} nowMs={nowMs} />;
}
