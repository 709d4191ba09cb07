import { Fragment, useId, useState } from "react";
import type { SiteInfo } from "#contract/series.ts";
import type { SourceInfo } from "#contract/sources.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { Delivery } from "./delivery.tsx";
import { Devices } from "./devices.tsx";
import { counted } from "./words.ts";

/** Every source with its pace, and what was found behind it. */
export function SourceTable({ sources, sites }: { sources: readonly SourceInfo[]; sites: readonly SiteInfo[] }) {
  const [opened, setOpened] = useState<string>();
  const names = new Map(sites.map((site) => [site.id, site.name]));
  return (
    <Card
      title="Sources"
      note={counted(
        sources.reduce((sum, source) => sum + source.devices.length, 0),
        "device",
      )}
    >
      {sources.length === 0 && (
        <EmptyState sentence="No source here yet. A topic that is recognised appears under “Nobody claims” with the lines that claim it." />
      )}
      {sources.length > 0 && (
        <TableScroll>
          <table className="stack">
            <thead>
              <tr>
                <th>Source</th>
                <th>Site</th>
                <th className="n">a minute</th>
                <th className="n">Last</th>
                <th>Delivery</th>
                <th>Devices</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <SourceRows
                  key={source.name}
                  source={source}
                  site={names.get(source.site) ?? source.site}
                  opened={opened === source.name}
                  onToggle={() => setOpened(opened === source.name ? undefined : source.name)}
                />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Card>
  );
}

interface RowsProps {
  readonly source: SourceInfo;
  readonly site: string;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function SourceRows({ source, site, opened, onToggle }: RowsProps) {
  const id = useId();
  return (
    <Fragment>
      <tr>
        <td>
          <strong>{source.dialectTitle}</strong>
          <div className="topics">
            {source.name}
            {source.demo && <span className="tag demo tag-inline">demo</span>} {source.fetched?.from ?? source.topics.join("  ")}
          </div>
        </td>
        <td className="nowrap">{site}</td>
        <td className="n" data-label="a minute">
          {paceText(source.perMinute)}
        </td>
        <td className="n" data-label="last">
          {source.lastMs === undefined ? "—" : <AgeText tMs={source.lastMs} />}
        </td>
        <td className="nowrap">
          {source.qos0Share > 0 ? (
            <span className="tag warn">! not guaranteed</span>
          ) : (
            <span className="muted">
              {source.fetched === undefined ? "acknowledged" : <span title={`by the job ${source.fetched.job}`}>fetched</span>}
            </span>
          )}
        </td>
        <td className="nowrap">
          <button type="button" className="link" aria-expanded={opened} aria-controls={id} onClick={onToggle}>
            {opened ? "Close" : source.devices.length === 0 ? "Details" : counted(source.devices.length, "device")}
          </button>
        </td>
      </tr>
      {opened && (
        <tr className="detail" id={id}>
          <td colSpan={6}>
            <Delivery source={source} />
            <Devices source={source} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function paceText(perMinute: number): string {
  return perMinute >= 10 || perMinute === 0 ? countText(Math.round(perMinute)) : perMinute.toFixed(1);
}
