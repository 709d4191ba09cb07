import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sourcesQuery } from "#web/client/queries.ts";
import { Card } from "#web/parts/card.tsx";
import { Skeleton } from "#web/parts/states.tsx";

/** Sources in one line each; what happens in them is on their own page. */
export function SourcesSummary() {
  const answer = useQuery(sourcesQuery).data;
  return (
    <Card
      title="Sources"
      note={
        <Link className="link" to="/sources">
          Open Sources
        </Link>
      }
    >
      {!answer && <Skeleton height={96} />}
      {answer?.sources.length === 0 && <p className="muted">None yet.</p>}
      {answer && answer.sources.length > 0 && (
        <table className="stack">
          <thead className="read-aloud">
            <tr>
              <th>Source</th>
              <th>Dialect</th>
              <th>Declared in</th>
            </tr>
          </thead>
          <tbody>
            {answer.sources.map((source) => (
              <tr key={source.name}>
                <td>{source.name}</td>
                <td className="muted">{source.dialectTitle}</td>
                <td>
                  {source.declared ? (
                    <code>{`${source.declared.file}:${source.declared.line}`}</code>
                  ) : (
                    <span className="faint">found by itself</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
