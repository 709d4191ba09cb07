import { useId, useState } from "react";
import type { AlertRule, AlertRuleInfo } from "#contract/alerts.ts";
import { countText } from "#web/parts/format-number.ts";
import { seenWords, standingWords } from "./words.ts";

type Subject = AlertRuleInfo["standing"][number];
const ORDER = ["firing", "pending", "clear"] as const;
const FEW = 3;

/** What a rule sees now: every subject where they are few, else how many stand how, and the rest on demand. */
export function Standing({ info }: { info: AlertRuleInfo }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const subjects = info.standing.toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
  if (subjects.length === 0) return <span className="faint">nothing to watch yet</span>;
  if (subjects.length <= FEW) return <SubjectList kind={info.rule.kind} subjects={subjects} />;
  const counts = new Map<string, { tone: string; count: number }>();
  for (const subject of subjects) {
    const { words, tone } = standingWords(subject);
    counts.set(words, { tone, count: (counts.get(words)?.count ?? 0) + 1 });
  }
  return (
    <>
      <div className="standing-counts">
        {[...counts].map(([words, { tone, count }]) => (
          <span key={words} className={`tag ${tone}`}>
            {words} {countText(count)}
          </span>
        ))}
        <button type="button" className="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? "Close" : "Each"}
          <span className="read-aloud"> subject of {info.rule.name}</span>
        </button>
      </div>
      {open && (
        <div id={id}>
          <SubjectList kind={info.rule.kind} subjects={subjects} />
        </div>
      )}
    </>
  );
}

function SubjectList({ kind, subjects }: { kind: AlertRule["kind"]; subjects: readonly Subject[] }) {
  return (
    <ul className="standing-list">
      {subjects.map((subject) => {
        const words = standingWords(subject);
        const seen = seenWords(kind, subject);
        return (
          <li key={subject.subject}>
            <span className={`tag ${words.tone}`}>{words.words}</span>
            <span className="muted">{subject.title}</span>
            {seen !== "" && <span className="standing-value">{seen}</span>}
          </li>
        );
      })}
    </ul>
  );
}
