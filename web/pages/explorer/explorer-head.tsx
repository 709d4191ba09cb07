import { Menu } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, type RefObject, useMemo } from "react";
import type { SeriesInfo } from "#contract/series.ts";
import { firstAt } from "#web/charts/chart-column.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import type { ChartLine } from "#web/charts/chart-line.ts";
import { savePng } from "#web/charts/save-png.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { apiUrl } from "#web/client/base.ts";
import { Answer } from "#web/parts/card.tsx";
import { MenuButton } from "#web/parts/menu-button.tsx";
import { Seg } from "#web/parts/seg.tsx";
import { type AnswerParts, answerSentence, evidenceOf } from "./answer.ts";
import type { PictureColumn } from "./picture.ts";
import type { Statistics } from "./statistics.ts";
import { useChange } from "./use-change.ts";
import { SPANS } from "./use-explorer-keys.ts";
import type { View } from "./use-view.ts";

export interface ExplorerHeadProps {
  readonly view: View;
  readonly info: SeriesInfo;
  readonly line: ChartLine;
  readonly known: PictureColumn | undefined;
  readonly statistics: Statistics | undefined;
  readonly clock: ZoneClock;
  readonly chosen: readonly SeriesInfo[];
  readonly chart: RefObject<ChartHandle | null>;
  readonly loading: boolean;
}

/** The answer, where it comes from, and the tools. */
export function ExplorerHead(props: ExplorerHeadProps): ReactElement {
  const { view, info, line, known, statistics, clock } = props;
  const change = useChange(info, view.span, { statistics, clock });
  const said = useMemo(() => {
    if (statistics === undefined) return undefined;
    const parts: AnswerParts = {
      info,
      name: info.pointName,
      statistics,
      span: view.span,
      clock,
      range: view.range,
      digits: line.digits,
      change,
    };
    const points = known === undefined ? 0 : firstAt(known.column, view.span.toMs) - firstAt(known.column, view.span.fromMs);
    return { sentence: answerSentence(parts), evidence: evidenceOf(parts, known, points) };
  }, [info, line.digits, statistics, view.span, view.range, clock, known, change]);
  return (
    <div className="explorer-head">
      <Answer sentence={said?.sentence ?? line.label} evidence={said?.evidence ?? ["Reading the history"]}>
        <Tools {...props} title={said?.sentence ?? line.label} />
      </Answer>
    </div>
  );
}

function Tools({ view, chosen, chart, title }: ExplorerHeadProps & { readonly title: string }): ReactElement {
  const navigate = useNavigate();
  const table = useSearch({ strict: false }).show === "table";
  const csv = apiUrl("/export.csv", { series: chosen.map((one) => one.key), from: view.span.fromMs, to: view.span.toMs, time: "local" });
  return (
    <>
      <Seg label="Time" value={view.range ?? ""} options={SPANS} onChange={(range) => range !== "" && view.setRange(range)} />
      <button type="button" className="ctl quiet" onClick={view.reset}>
        Reset<span className="kbd">Esc</span>
      </button>
      <MenuButton label="Save">
        <Menu.Item component="a" href={csv.href} download>
          CSV, every reading of this window
        </Menu.Item>
        <Menu.Item onClick={() => void savePng(chart.current, title)} disabled={table}>
          PNG, this picture
        </Menu.Item>
      </MenuButton>
      <button
        type="button"
        className="ctl"
        aria-pressed={table}
        onClick={() => void navigate({ to: ".", search: (before) => ({ ...before, show: table ? undefined : "table" }), replace: true })}
      >
        {table ? "Chart" : "Table"}
      </button>
    </>
  );
}
