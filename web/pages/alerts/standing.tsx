import { useId, useState } from "react";
import type { AlertRuleInfo } from "#contract/alerts.ts";
import { countText } from "#web/parts/format-number.ts";
import { STANDING_WORDS, valueWords } from "./words.ts";

type Subject = AlertRuleInfo["standing"][number];
const ORDER = ["firing", "pending", "clear"] as const;
const FEW = 3;

/** What a rule sees now: every subject where they are few, else how many stand how, and the rest on demand. */
export function Standing({ info }: { info: AlertRuleInfo }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const subjects = info.standing.toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
  if (subjects.length === 0) return <span className="faint">nothing to watch yet</span>;
  if (subjects.length <= FEW) return <SubjectList subjects={subjects} alone={subjects.length === 1} />;
  return (
    <>
      <div className="standing-counts">
        {ORDER.map((standing) => {
          const count = subjects.filter((subject) => subject.standing === standing).length;
          const words = STANDING_WORDS[standing];
          return (
            count > 0 && (
              <span key={standing} className={`tag ${words.tone}`}>
                {words.words} {countText(count)}
              </span>
            )
          );
        })}
        <button type="button" className="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? "Close" : "Each"}
          <span className="read-aloud"> subject of {info.rule.name}</span>
        </button>
      </div>
      {open && (
        <div id={id}>
          <SubjectList subjects={subjects} alone={false} />
        </div>
      )}
    </>
  );
}

function SubjectList({ subjects, alone }: { subjects: readonly Subject[]; alone: boolean }) {
  return (
    <ul className="standing-list">
      {subjects.map((subject) => {
        const words = STANDING_WORDS[subject.standing];
        return (
          <li key={subject.subject}>
            <span className={`tag ${words.tone}`}>{words.words}</span>
            <span className="standing-value">{valueWords(subject.value, subject.unit)}</span>
            {alone ? <span className="faint">{subject.title}</span> : <span className="muted">{subject.title}</span>}
          </li>
        );
      })}
    </ul>
  );
}
