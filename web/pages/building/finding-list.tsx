import "./finding-list.css";
import type { FindingInfo } from "#contract/building-parts.ts";
import { momentText } from "#web/parts/format-time.ts";
import { percentText } from "./zone-words.ts";

const SIGNS = {
  critical: { sign: "✕", word: "critical", tone: "bad" },
  warning: { sign: "!", word: "warning", tone: "warn" },
  note: { sign: "·", word: "note", tone: "muted" },
} as const;

interface ListProps {
  readonly findings: readonly FindingInfo[];
  readonly nowMs: number;
  readonly timeZone: string;
}

/** What was found, with its gravity as a sign and a word, since when, and where the rule comes from. */
export function FindingList({ findings, nowMs, timeZone }: ListProps) {
  return (
    <ul className="findings">
      {findings.map((finding) => {
        const { sign, word, tone } = SIGNS[finding.severity];
        const facts = [
          ...(finding.sinceMs === null
            ? []
            : [`since ${momentText(finding.sinceMs, nowMs, { zone: timeZone })}${finding.sinceOrBefore ? " or before" : ""}`]),
          ...(finding.sharePct === null ? [] : [`${percentText(finding.sharePct)} of the judged time`]),
          finding.source,
        ];
        return (
          <li key={`${finding.rule} ${finding.point ?? ""} ${finding.sentence}`}>
            <span className={`finding-sign ${tone}`}>
              <span aria-hidden="true">{sign}</span>
              <span className="read-aloud">{word}: </span>
            </span>
            <span>
              {finding.sentence}
              <small>{facts.join(" · ")}</small>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
