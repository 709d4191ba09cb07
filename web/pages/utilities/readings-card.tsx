import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { apiUrl } from "#web/client/base.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import type { Correcting } from "./correcting.ts";
import type { MeterLook } from "./meter-look.ts";
import { readingsQuery } from "./meter-page-queries.ts";
import { ReadingRow } from "./reading-row.tsx";
import type { MeterView } from "./use-meter-view.ts";
import { windowWords } from "./window-words.ts";

const CorrectionDialog = lazy(async () => ({ default: (await import("./correction-dialog.tsx")).CorrectionDialog }));

interface CardProps {
  readonly look: MeterLook;
  readonly view: MeterView;
}

const PAGE = 25;

/** The readings of the window, the newest first: what each came to, and why one does not count. */
export function ReadingsCard({ look, view }: CardProps) {
  const { meter } = look;
  const [limit, setLimit] = useState(PAGE);
  const [correcting, setCorrecting] = useState<Correcting>();
  const query = useQuery(readingsQuery(meter.id, view.stretch, limit));
  const may = useMay("operator") && view.stretch.asOf === undefined;
  const rows = query.data?.readings;
  return (
    <Card title="Readings" id="readings" note={windowWords(view.stretch, look.clock)}>
      {query.error !== null && rows === undefined && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {rows === undefined && query.error === null && <Skeleton height={220} />}
      {rows?.length === 0 && <EmptyState sentence="No reading in this window. What it used here lies between readings outside of it." />}
      {rows !== undefined && rows.length > 0 && (
        <table className="stack meter-readings">
          <thead>
            <tr>
              <th>Read</th>
              <th className="n">Showed</th>
              <th className="n">Used since</th>
              <th>From</th>
              <th>Remarks</th>
              {may && <th />}
            </tr>
          </thead>
          <tbody>
            {rows.map((reading) => (
              <ReadingRow
                key={`${reading.series} ${reading.tMs}`}
                reading={reading}
                zone={meter.zone}
                unit={meter.unit}
                photoUrl={reading.photo === null ? undefined : apiUrl(`/round/photos/${encodeURIComponent(reading.photo)}`).href}
                onCorrect={may ? setCorrecting : undefined}
              />
            ))}
          </tbody>
        </table>
      )}
      <p className="meter-more">
        {rows !== undefined && rows.length >= limit && (
          <button type="button" className="ctl" onClick={() => setLimit(Math.min(5_000, limit * 5))}>
            Show older readings
          </button>
        )}
        {may && meter.series.length > 0 && (
          <button type="button" className="ctl" onClick={() => setCorrecting({ action: "add" })}>
            Add a missing reading
          </button>
        )}
      </p>
      <Suspense>
        {correcting !== undefined && <CorrectionDialog look={look} correcting={correcting} onClose={() => setCorrecting(undefined)} />}
      </Suspense>
    </Card>
  );
}
