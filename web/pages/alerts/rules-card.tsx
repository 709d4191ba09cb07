import { Button } from "@mantine/core";
import { useState } from "react";
import type { AlertRule, AlertRuleInfo, AlertRulesAnswer } from "#contract/alerts.ts";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { momentText } from "#web/parts/format-time.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { MuteMenu } from "./mute-menu.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { Standing } from "./standing.tsx";
import { useAlertActs } from "./use-alert-acts.ts";
import { isMuted, SEVERITY_WORDS } from "./words.ts";

/** What is watched, what it sees now, and who is told. */
export function RulesCard({ answer }: { answer: AlertRulesAnswer }) {
  const may = useMay("operator");
  const [editing, setEditing] = useState<AlertRule | "new">();
  return (
    <Card
      title="Rules"
      note={
        may && (
          <Button variant="default" size="xs" onClick={() => setEditing("new")}>
            New rule
          </Button>
        )
      }
    >
      {answer.rules.length === 0 ? (
        <EmptyState sentence="Nothing is watched yet. A rule tells you when a source falls silent, a value passes a limit, or a peak is coming." />
      ) : (
        <RuleTable rules={answer.rules} onEdit={setEditing} />
      )}
      <RuleDialog editing={editing} answer={answer} onClose={() => setEditing(undefined)} />
    </Card>
  );
}

function RuleTable({ rules, onEdit }: { rules: readonly AlertRuleInfo[]; onEdit: (rule: AlertRule) => void }) {
  return (
    <TableScroll>
      <table className="stack alerts-table">
        <thead>
          <tr>
            <th>Rule</th>
            <th>Now</th>
            <th>Severity</th>
            <th>Tells</th>
            <th>From</th>
            <th>
              <span className="read-aloud">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.rule.id} info={rule} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function RuleRow({ info, onEdit }: { info: AlertRuleInfo; onEdit: (rule: AlertRule) => void }) {
  const nowMs = useNow();
  const { rule } = info;
  const severity = SEVERITY_WORDS[rule.severity];
  return (
    <tr className={rule.enabled ? undefined : "alerts-off"}>
      <td>
        <strong>{rule.name}</strong>
        <div className="muted">{info.sentence}</div>
      </td>
      <td className="alerts-wide">{rule.enabled ? <Standing info={info} /> : <span className="tag">– off</span>}</td>
      <td>
        <span className={`tag ${severity.tone}`}>{severity.words}</span>
      </td>
      <td data-label="tells">
        {rule.channels.length === 0 ? <span className="faint nowrap">this page</span> : rule.channels.join(", ")}
        {isMuted(info, nowMs) && <div className="warn">– muted until {momentText(info.mutedUntilMs ?? 0, nowMs)}</div>}
      </td>
      <td data-label="from">
        <RuleOrigin info={info} />
      </td>
      <td>
        <RuleActs info={info} nowMs={nowMs} onEdit={onEdit} />
      </td>
    </tr>
  );
}

function RuleOrigin({ info }: { info: AlertRuleInfo }) {
  if (info.declared !== null) return <code className="nowrap">{`${info.declared.file}:${info.declared.line}`}</code>;
  return <span className="faint nowrap">{info.from === "page" ? "this page" : info.from}</span>;
}

function RuleActs({ info, nowMs, onEdit }: { info: AlertRuleInfo; nowMs: number; onEdit: (rule: AlertRule) => void }) {
  const may = useMay("operator");
  const { drop, mute } = useAlertActs();
  const { rule } = info;
  if (!may) return null;
  return (
    <div className="alert-acts">
      {info.from === "page" && (
        <>
          <button type="button" className="link" onClick={() => onEdit(rule)} aria-label={`Edit ${rule.name}`}>
            Edit
          </button>
          <button type="button" className="link" onClick={() => drop(rule)} aria-label={`Delete ${rule.name}`}>
            Delete
          </button>
        </>
      )}
      <MuteMenu name={rule.name} nowMs={nowMs} muted={isMuted(info, nowMs)} onMute={(untilMs) => mute(rule, untilMs)} />
    </div>
  );
}
