import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HealthAnswer } from "#contract/health.ts";
import { healthQuery } from "#web/client/queries.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

/** The server in numbers, and how its data is kept safe. */
export function About() {
  const health = useQuery(healthQuery);
  return (
    <Card title="About" note={health.data && `version ${health.data.version}`}>
      {health.error && !health.data && <ErrorState error={health.error} retry={() => void health.refetch()} />}
      {health.isPending && <Skeleton height={200} />}
      {health.data && <Numbers health={health.data} />}
      <h3 className="sub">Backups</h3>
      <p className="muted">Whole copies, made while Wattkeep works and verified when made.</p>
      <Link className="link" to="/backups">
        Open Backups
      </Link>
    </Card>
  );
}

function Numbers({ health }: { health: HealthAnswer }) {
  const { store } = health;
  return (
    <>
      {health.problems.map((problem) => (
        <p className="warn" key={problem}>
          ! {problem}
        </p>
      ))}
      <dl className="about">
        <dt>Running for</dt>
        <dd>
          <AgeText tMs={health.startedMs} />
        </dd>
        <dt>Samples kept</dt>
        <dd>{countText(store.samples)}</dd>
        <dt>Series</dt>
        <dd>{countText(store.series)}</dd>
        <dt>File</dt>
        <dd>{bytesText(store.fileBytes)}</dd>
        <dt>Not yet in blocks</dt>
        <dd>{countText(store.tailSamples)}</dd>
        <dt>Late rows waiting</dt>
        <dd>{countText(store.lateRows)}</dd>
        <dt>Commit, 99 of 100 within</dt>
        <dd>{store.commitMsP99 === null ? "none yet" : <>{store.commitMsP99.toFixed(1)}&nbsp;ms</>}</dd>
        <dt>Memory</dt>
        <dd>{countText(Math.round(health.memoryMb))}&nbsp;MB</dd>
      </dl>
    </>
  );
}
