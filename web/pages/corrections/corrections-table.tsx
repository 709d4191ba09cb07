import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CorrectionInfo } from "#contract/corrections.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { datedText, fullText } from "#web/parts/format-time.ts";
import { meterTitle } from "#web/parts/meter-title.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { TablePages } from "#web/parts/table-pages.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { useCorrecting } from "./use-correcting.ts";
import { ACTION_WORDS, changeWords } from "./words.ts";

const SIZE = 50;

interface TableProps {
  readonly corrections: readonly CorrectionInfo[];
  readonly meters: readonly MeterInfo[];
  readonly zoneOf: (site: string) => string | undefined;
}

/** Every correction, newest first; what was taken back is struck through and stays. */
export function CorrectionsTable({ corrections, meters, zoneOf }: TableProps) {
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(corrections.length / SIZE));
  const shown = Math.min(page, pages);
  if (corrections.length === 0) {
    return (
      <EmptyState sentence="No reading was corrected. A digit typed wrong, a reading that is missing or one too many is put right here: what came stays stored, and the way back stays open." />
    );
  }
  return (
    <Card title="Corrections" note={`${countText(corrections.length)}, newest first`}>
      <TableScroll>
        <table className="stack corrections-table">
          <thead>
            <tr>
              <th>Meter</th>
              <th>Reading of</th>
              <th className="n">As it came</th>
              <th className="n">Counts as</th>
              <th>Who and why</th>
              <th>
                <span className="read-aloud">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {corrections.slice((shown - 1) * SIZE, shown * SIZE).map((one) => (
              <Row key={one.id} correction={one} meter={meters.find((meter) => meter.id === one.meter)} zoneOf={zoneOf} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      <TablePages page={shown} pages={pages} size={SIZE} rows={corrections.length} noun="corrections" onPage={setPage} />
    </Card>
  );
}

interface RowProps {
  readonly correction: CorrectionInfo;
  readonly meter: MeterInfo | undefined;
  readonly zoneOf: TableProps["zoneOf"];
}

function Row({ correction, meter, zoneOf }: RowProps) {
  const may = useMay("operator");
  const nowMs = useNow(60_000);
  const { takeBack } = useCorrecting();
  const zone = zoneOf(meter?.site ?? "");
  const name = meter === undefined ? correction.name : meterTitle(meter);
  const { fromMs, toMs, who, why, madeMs, undoneMs } = correction;
  const words = changeWords(correction);
  const gone = undoneMs !== null;
  const Told = gone ? "s" : "span";
  const when = datedText(fromMs, nowMs, { zone });
  return (
    <tr className={gone ? "corrections-gone" : undefined}>
      <td>
        {meter === undefined ? (
          name
        ) : (
          <Link to="/utilities/meter" search={{ meter: meter.id }} className="link">
            {name}
          </Link>
        )}
      </td>
      <td data-label="of">
        <Told title={fullText(fromMs, { zone })}>
          {when}
          {toMs !== fromMs && ` to ${datedText(toMs, nowMs, { zone })}`}
        </Told>
      </td>
      <td className="n" data-label="came as">
        <Told>{words.was}</Told>
      </td>
      <td className="n" data-label="counts as">
        <Told>{words.now}</Told>
      </td>
      <td className="corrections-why">
        {why}
        <div className="faint">
          {ACTION_WORDS[correction.action]} by {who} <AgeText tMs={madeMs} ago />
          {undoneMs !== null && (
            <b>
              {" · taken back "}
              <AgeText tMs={undoneMs} ago />
            </b>
          )}
        </div>
      </td>
      <td className="n">
        {may && !gone && (
          <button
            type="button"
            className="link"
            disabled={takeBack.isPending}
            onClick={() => takeBack.mutate(correction)}
            aria-label={`Take back: ${name}, ${when}`}
          >
            Take back
          </button>
        )}
      </td>
    </tr>
  );
}
