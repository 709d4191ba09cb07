import "./peak.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { peakQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer, Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { PeakChoice } from "./peak-choice.tsx";
import { PeakComfort } from "./peak-comfort.tsx";
import { PeakDay } from "./peak-day.tsx";
import { PeakLanes } from "./peak-lanes.tsx";
import { PeakPieces } from "./peak-pieces.tsx";
import { PeakScatter } from "./peak-scatter.tsx";
import { selectedRange } from "./peak-scene.ts";

/** What the equipment did at a peak of demand, against the same time of days alike. */
export function PeakPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Peak {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={52} />
    <Skeleton height={150} />
    <Skeleton height={420} />
  </PageSkeleton>
);

function Peak({ building, clock }: BuildingLook) {
  const { of, select } = useSearch({ strict: false }) as BuildingSearch;
  const navigate = useNavigate();
  const query = useQuery(peakQuery(building.site, { of, ...selectedRange(select) }));
  const change = (next: Partial<BuildingSearch>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true, resetScroll: false });
  if (query.data === undefined) {
    if (query.error === null) return <Waiting />;
    return (
      <div className="peak-lost">
        <ErrorState error={query.error} retry={() => void query.refetch()} />
        {(of !== undefined || select !== undefined) && (
          <button type="button" className="ctl" onClick={() => change({ of: undefined, select: undefined })}>
            Show the highest of the building
          </button>
        )}
      </div>
    );
  }
  return <Known answer={query.data} clock={clock} isStale={query.isPlaceholderData} onChange={change} />;
}

interface KnownProps {
  readonly answer: PeakAnswerInfo;
  readonly clock: ZoneClock;
  /** Another interval was asked for, and its answer is on its way. */
  readonly isStale: boolean;
  readonly onChange: (next: Partial<BuildingSearch>) => void;
}

function Known({ answer, clock, isStale, onChange }: KnownProps) {
  const { movers, similarDays, method, outdoor } = answer;
  const evidence = [
    `${similarDays.length} days alike`,
    outdoor === null ? "outdoor temperature not known" : `${numberText(outdoor.value, { unit: outdoor.unit })} outside`,
    `${movers.filter(({ score }) => Math.abs(score ?? 0) >= 2).length} series unlike themselves`,
  ];
  return (
    <div className="peak" aria-busy={isStale}>
      <Answer sentence={answer.sentence} evidence={evidence} />
      <PeakChoice answer={answer} clock={clock} isBusy={isStale} onChange={onChange} />
      <PeakPieces answer={answer} />
      <div className="peak-pair">
        <PeakDay answer={answer} clock={clock} />
        <div className="peak-side">
          <Card title="Days alike" note="same time of day">
            <PeakScatter answer={answer} />
          </Card>
          <PeakComfort answer={answer} clock={clock} />
        </div>
      </div>
      {movers.length === 0 ? (
        <EmptyState sentence="No series of the building was known at that time and on days alike." />
      ) : (
        <PeakLanes answer={answer} clock={clock} />
      )}
      <details className="peak-method">
        <summary>How this is told</summary>
        <p>{method}</p>
      </details>
    </div>
  );
}
