import type { SiteInfo } from "#contract/series.ts";
import type { UnclaimedInfo } from "#contract/sources.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { CopyButton } from "#web/parts/copy-button.tsx";
import { countText } from "#web/parts/format-number.ts";
import { claimYaml, counted } from "./words.ts";

/** Topics that arrive and belong to no source, with what they probably are and the lines that would claim them. */
export function Unclaimed({ topics, sites }: { topics: readonly UnclaimedInfo[]; sites: readonly SiteInfo[] }) {
  const ids = sites.map((site) => site.id);
  return (
    <Card title="Nobody claims" note={topics.length > 0 ? counted(topics.length, "topic") : undefined}>
      {topics.length === 0 && <p className="muted">Every topic that was heard belongs to a source.</p>}
      <ul className="topic-list">
        {topics.map((topic) => (
          <Topic key={`${topic.broker} ${topic.topic}`} topic={topic} sites={ids} />
        ))}
      </ul>
    </Card>
  );
}

function Topic({ topic, sites }: { topic: UnclaimedInfo; sites: readonly string[] }) {
  const yaml = claimYaml(topic, sites);
  return (
    <li>
      <code className="topic-name">{topic.topic}</code>
      <p className="faint">
        {counted(topic.count, "message")} through {topic.broker}, last <AgeText tMs={topic.lastMs} ago />
      </p>
      <pre className="sample">{topic.sample}</pre>
      {topic.guess ? (
        <>
          <p>
            Probably <strong>{topic.guess.dialect}</strong>{" "}
            <span className="faint">({countText(Math.round(topic.guess.confidence * 100))}&nbsp;%)</span>: {topic.guess.evidence}.
          </p>
          <pre className="yaml">{yaml}</pre>
          <CopyButton text={yaml ?? ""} label="Copy these lines" />
        </>
      ) : (
        <p className="muted">No dialect recognises it.</p>
      )}
    </li>
  );
}
