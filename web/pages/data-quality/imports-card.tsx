import "#web/parts/table.css";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useId, useState } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantImport } from "#contract/plant-quality.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { fullText, momentText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { columnDecimals, fixedText } from "#web/parts/resolution.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { ImportDetail } from "./import-detail.tsx";
import { importsQuery } from "./quality-queries.ts";

interface ImportsCardProps {
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

const FIRST = 8;

/** Files that were read in: what was new, confirmed and replaced, and what that did to peak and bill. */
export function ImportsCard({ plant, clock, nowMs }: ImportsCardProps) {
  const query = useQuery(importsQuery(plant.id));
  const [opened, setOpened] = useState<number>();
  const [most, setMost] = useState(FIRST);
  const imports = query.data?.imports ?? [];
  return (
    <Card title="Files read in" note={imports.length > 0 ? "newest first" : undefined}>
      {!query.data && (query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <Skeleton height={120} />)}
      {query.data && imports.length === 0 && (
        <EmptyState sentence="No file of this plant has been read in. Put a CSV of the PLC into the drop folder, or name a folder by hand.">
          <code>wattkeep import plc FOLDER</code>
        </EmptyState>
      )}
      {imports.length > 0 && (
        <TableScroll>
          <table className="stack imports">
            <thead>
              <tr>
                <th>File</th>
                <th className="n">Rows</th>
                <th className="n">New</th>
                <th className="n">Confirmed</th>
                <th className="n">Replaced</th>
                <th className="n">Unchanged</th>
                <th className="n">Peak, kW</th>
                <th className="n">Bill</th>
                <th>
                  <span className="read-aloud">Details</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {imports.slice(0, most).map((one) => (
                <ImportRows
                  key={one.id}
                  one={one}
                  plant={plant}
                  clock={clock}
                  nowMs={nowMs}
                  opened={opened === one.id}
                  onToggle={() => setOpened(opened === one.id ? undefined : one.id)}
                />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {imports.length > most && (
        <button type="button" className="link" onClick={() => setMost(imports.length)}>
          Show {countText(imports.length - most)} more
        </button>
      )}
    </Card>
  );
}

interface ImportRowsProps extends ImportsCardProps {
  readonly one: PlantImport;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function ImportRows({ one, plant, clock, nowMs, opened, onToggle }: ImportRowsProps) {
  const id = useId();
  const running = one.status === "running";
  const refused = one.status === "failed" || one.status === "cancelled";
  return (
    <Fragment>
      <tr>
        <td>
          <div className="import-name" title={one.file}>
            {one.file}
          </div>
          <div className="faint">
            <time title={fullText(one.startedMs, { zone: clock.zone })}>{momentText(one.startedMs, nowMs, { zone: clock.zone })}</time> ·{" "}
            {one.source} <StatusTag one={one} />
          </div>
        </td>
        <td className="n" data-label="rows">
          {one.rows === null ? "—" : countText(one.rows)}
        </td>
        {refused ? (
          <td className="bad" colSpan={6}>
            {refusalWords(one)}
          </td>
        ) : (
          <>
            <Count value={running ? null : one.new} label="new" />
            <Count value={running ? null : one.confirmed} label="confirmed" />
            <Count value={running ? null : one.replaced} label="replaced" />
            <Count value={running ? null : one.unchanged} label="unchanged" />
            <td className="n" data-label="peak kW">
              <Change before={kwText(one.peakBeforeKw, one)} after={kwText(one.peakAfterKw, one)} />
            </td>
            <td className="n" data-label="bill">
              <Change before={moneyText(one.billBefore, one.currency)} after={moneyText(one.billAfter, one.currency)} />
            </td>
          </>
        )}
        <td className="n">
          <button type="button" className="link" aria-expanded={opened} aria-controls={id} onClick={onToggle}>
            {opened ? "Close" : "Details"}
          </button>
        </td>
      </tr>
      {opened && (
        <tr className="detail" id={id}>
          <td colSpan={9}>
            <ImportDetail one={one} plant={plant} clock={clock} nowMs={nowMs} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function StatusTag({ one }: { one: PlantImport }) {
  if (one.status === "done") return null;
  if (one.status === "running") return <span className="tag">under way</span>;
  return <span className="tag bad">✕ {one.status === "failed" ? "refused, nothing applied" : "cancelled, nothing applied"}</span>;
}

/** The first reason, and how many there are. */
function refusalWords(one: PlantImport): string {
  const first = one.problems[0];
  if (first === undefined) return one.sentence;
  const more = one.problemCount - 1;
  const where = first.line === null ? "" : `Line ${countText(first.line)}${first.column === null ? "" : `, ${first.column}`}: `;
  return `${where}${first.sentence}${more > 0 ? ` And ${countText(more)} more.` : ""}`;
}

function Count({ value, label }: { value: number | null; label: string }) {
  return (
    <td className={value ? "n" : "n faint"} data-label={label}>
      {value === null ? "—" : countText(value)}
    </td>
  );
}

function kwText(kw: number | null, one: PlantImport): string {
  return fixedText(kw, "", columnDecimals([one.peakBeforeKw, one.peakAfterKw], 1));
}

/** "414.8 → 412.0", or the one value where nothing changed. */
function Change({ before, after }: { before: string; after: string }) {
  if (before === after) return <span className="muted">{after}</span>;
  return (
    <>
      <span className="faint">{before} → </span>
      <strong>{after}</strong>
    </>
  );
}
