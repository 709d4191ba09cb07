import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode, RefObject } from "react";
import type { HomeInfo, HomeSummaryAnswer } from "#contract/home.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { savePng } from "#web/charts/save-png.ts";
import { apiUrl } from "#web/client/base.ts";
import { homePath } from "#web/client/home-queries.ts";
import { useLive } from "#web/client/live.tsx";
import { AgeText } from "#web/parts/age-text.tsx";
import { Icon } from "#web/parts/icon.tsx";
import { MenuButton } from "#web/parts/menu-button.tsx";
import { answerSentence, type ReaderState, readerState } from "./answer.ts";
import type { HomeLook } from "./home-look.ts";
import { useImportEntry } from "./import-entry.tsx";
import type { HomeView } from "./use-home-view.ts";
import { steppedSpan, VIEWS } from "./view-span.ts";
import { missingWords } from "./words.ts";

interface HomeHeadProps {
  readonly look: HomeLook;
  /** Undefined until it is known. */
  readonly summary: HomeSummaryAnswer | undefined;
  readonly view: HomeView;
  readonly chart: RefObject<ChartHandle | null>;
  readonly homes: readonly HomeInfo[];
  readonly refresh: () => void;
  readonly wall: boolean;
}

/** The answer in words, where it comes from, and the ways through time. */
export function HomeHead(props: HomeHeadProps) {
  const { look, summary, view } = props;
  const { home } = look;
  const { connection } = useLive();
  const state = summary === undefined ? "none" : readerState(home, summary.power.atMs, view.nowMs);
  const sentence = summary === undefined ? home.name : answerSentence({ home, summary, state, nowMs: view.nowMs });
  return (
    <div className="head home-head">
      <div className="answer">
        <h1>
          {sentence} {summary !== undefined && <LiveBadge state={state} away={connection.state === "away"} />}
        </h1>
      </div>
      <div className="home-line">
        <p className="home-evidence">
          {(summary === undefined ? ["Adding up"] : evidence({ ...props, summary })).map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the line is short, fixed in order and has no state
            <span key={index}>{item}</span>
          ))}
        </p>
        <Tools {...props} sentence={sentence} />
      </div>
    </div>
  );
}

/** Whether numbers come as they are read; a word, not a colour alone. */
function LiveBadge({ state, away }: { state: ReaderState; away: boolean }) {
  const kind = away || state !== "live" ? "off" : "on";
  const words = away ? "Not connected" : state === "live" ? "Live" : state === "silent" ? "Reader silent" : "Waiting";
  return (
    <output className="home-live" data-state={kind}>
      {words}
    </output>
  );
}

function evidence({ look: { home }, summary, view }: HomeHeadProps & { readonly summary: HomeSummaryAnswer }): ReactNode[] {
  const { power, readings } = summary;
  const reader = home.reader.title || power.source || "reader";
  const title =
    home.reader.url === null ? (
      reader
    ) : (
      <a className="link home-reader" href={home.reader.url} target="_blank" rel="noreferrer">
        {reader}
      </a>
    );
  return [
    <span key="age">
      {power.atMs !== null && (
        <>
          <AgeText tMs={power.atMs} zone={home.zone} ago />,{" "}
        </>
      )}
      {title}
    </span>,
    missingWords(readings),
    view.follow ? "Following the newest reading" : "Looking back",
  ];
}

const LABELS = { hour: "Hour", day: "Day", week: "Week", month: "Month", year: "Year" } as const;

function Tools({ look, view, chart, homes, refresh, wall, sentence }: HomeHeadProps & { readonly sentence: string }) {
  const navigate = useNavigate();
  const readings = useImportEntry({ home: look.home, refresh, onShow: view.setSpan });
  const change = (next: object) => void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true });
  return (
    <div className="tools home-tools">
      {homes.length > 1 && (
        <select
          className="ctl home-choice"
          aria-label="Home"
          value={look.home.id}
          onChange={(event) => change({ home: event.currentTarget.value, select: undefined })}
        >
          {homes.map((one) => (
            <option key={one.id} value={one.id}>
              {homes.some((other) => other.site !== one.site) ? `${one.siteName}, ${one.name}` : one.name}
            </option>
          ))}
        </select>
      )}
      <StepButton label="Earlier" icon="left" onClick={() => view.setSpan(steppedSpan(view.span, -1, look.clock))} />
      <fieldset className="seg" aria-label="Length">
        {VIEWS.map((name, index) => (
          <button
            key={name}
            type="button"
            aria-pressed={view.view === name}
            title={`Key ${index + 1}`}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => view.setView(name)}
          >
            {LABELS[name]}
          </button>
        ))}
      </fieldset>
      <StepButton label="Later" icon="right" onClick={() => view.setSpan(steppedSpan(view.span, 1, look.clock))} />
      <button type="button" className="ctl quiet" onClick={view.reset} aria-keyshortcuts="Escape">
        Reset<span className="kbd">Esc</span>
      </button>
      <MenuButton label="More">
        <Menu.Item onClick={refresh}>Refresh, key R</Menu.Item>
        <Menu.Item onClick={() => view.setTable(!view.table)}>{view.table ? "Show as chart" : "Show as table"}</Menu.Item>
        <Menu.Item
          component="a"
          href={apiUrl(homePath(look.home.id, "export.csv"), { from: Math.round(view.span.fromMs), to: Math.round(view.span.toMs) }).href}
          download
        >
          Save CSV, every reading of this window
        </Menu.Item>
        <Menu.Item onClick={() => void savePng(chart.current, sentence)} disabled={view.table}>
          Save PNG, this picture
        </Menu.Item>
        <Menu.Item onClick={() => change({ wall: wall ? undefined : "on" })}>{wall ? "Back to the desk" : "On the wall, large"}</Menu.Item>
        {readings.item}
      </MenuButton>
      {readings.dialog}
    </div>
  );
}

function StepButton({ label, icon, onClick }: { label: string; icon: "left" | "right"; onClick: () => void }) {
  return (
    <button type="button" className="ctl quiet home-step" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
