import type { JobRun } from "#contract/jobs.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { fullText } from "#web/parts/format-time.ts";
import { resultWords, WHY_WORDS } from "./words.ts";

/** The last runs of a job, the newest first. */
export function JobHistory({ runs, zone }: { runs: readonly JobRun[]; zone: string | undefined }) {
  return (
    <table className="inner stack">
      <thead>
        <tr>
          <th>Began</th>
          <th>Why</th>
          <th className="n">Took</th>
          <th>Result</th>
          <th>What it did</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const words = resultWords(run);
          return (
            <tr key={run.startedMs}>
              <td className="nowrap">{fullText(run.startedMs, { zone })}</td>
              <td data-label="why">{WHY_WORDS[run.why]}</td>
              <td className="n" data-label="took">
                {run.endedMs === null ? "—" : tookText(run.endedMs - run.startedMs)}
              </td>
              <td>
                <span className={`tag ${words.tone}`}>{words.words}</span>
              </td>
              <td>{run.sentence}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function tookText(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)}\u00a0s` : durationWords(ms);
}
