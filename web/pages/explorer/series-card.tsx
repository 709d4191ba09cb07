import { type ReactElement, type Ref, useMemo } from "react";
import type { SeriesInfo, SiteInfo } from "#contract/series.ts";
import { InkMark } from "#web/charts/chart-legend.tsx";
import type { Ink } from "#web/charts/chart-line.ts";
import { useLiveValue, useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText, styleOf } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { markOf } from "#web/parts/freshness.ts";
import { Icon } from "#web/parts/icon.tsx";
import { NumberText } from "#web/parts/number-text.tsx";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { seriesLabel } from "./explorer-lines.ts";
import { SeriesSearch } from "./series-search.tsx";

export interface SeriesCardProps {
  readonly chosen: readonly SeriesInfo[];
  readonly all: readonly SeriesInfo[];
  readonly sites: readonly SiteInfo[];
  readonly inks: ReadonlyMap<string, Ink>;
  readonly search: Ref<HTMLInputElement>;
  readonly onKeys: (keys: readonly string[]) => void;
}

/** Which series are drawn, what they say now, and a way to add more. The first is the one the answer speaks of. */
export function SeriesCard({ chosen, all, sites, inks, search, onKeys }: SeriesCardProps): ReactElement {
  const keys = useMemo(() => chosen.map((one) => one.key), [chosen]);
  const siteNames = useMemo(() => new Map(sites.map((site) => [site.id, site])), [sites]);
  return (
    <Card title="Series" note={`${countText(chosen.length)} of ${countText(all.length)}`}>
      <SeriesSearch all={all} chosen={keys} sites={siteNames} input={search} onAdd={(key) => onKeys([...keys, key])} />
      <ul className="explorer-series">
        {chosen.map((info, index) => (
          <SeriesRow
            key={info.key}
            info={info}
            label={seriesLabel(info, chosen)}
            site={siteNames.get(info.site)}
            ink={inks.get(info.key)}
            onFirst={index === 0 ? undefined : () => onKeys([info.key, ...keys.filter((key) => key !== info.key)])}
            onRemove={() => onKeys(keys.filter((key) => key !== info.key))}
          />
        ))}
      </ul>
    </Card>
  );
}

interface SeriesRowProps {
  readonly info: SeriesInfo;
  readonly label: string;
  readonly site: SiteInfo | undefined;
  readonly ink: Ink | undefined;
  readonly onFirst: (() => void) | undefined;
  readonly onRemove: () => void;
}

function SeriesRow({ info, label, site, ink, onFirst, onRemove }: SeriesRowProps): ReactElement {
  const live = useLiveValue(info.key);
  const mark = markOf(info, live, useNow());
  const style = styleOf(info);
  return (
    <li data-state={mark.state}>
      <InkMark ink={ink} />
      {onFirst === undefined ? (
        <span className="explorer-series-name" title={`${label}\n${info.key}`}>
          {label}
        </span>
      ) : (
        <button
          type="button"
          className="explorer-series-name"
          title={`Put first: the answer and the selection speak of it\n${info.key}`}
          onClick={onFirst}
        >
          {label}
        </button>
      )}
      <span className="explorer-series-value num">{live?.text ?? <NumberText value={live?.value} {...style} />}</span>
      <button type="button" className="explorer-remove" aria-label={`Remove ${label}`} title="Remove" onClick={onRemove}>
        <Icon name="close" />
      </button>
      <div className="explorer-series-foot">
        <small title={info.serial}>{`${site?.name ?? info.site} · ${info.source}`}</small>
        <QualityMark
          state={mark.state}
          words={mark.words}
          title={live === undefined ? undefined : fullText(live.tMs, { zone: site?.zone })}
        />
      </div>
    </li>
  );
}
