import { Button } from "@mantine/core";
import type { AlertInfo, AlertRuleInfo } from "#contract/alerts.ts";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { AlertLink } from "./alert-link.tsx";
import { Deliveries } from "./deliveries.tsx";
import { MuteMenu } from "./mute-menu.tsx";
import { useAlertActs } from "./use-alert-acts.ts";
import { isMuted, SEVERITY_WORDS } from "./words.ts";

/** The alerts that last, each with what can be done about it. */
export function ActiveCard({ active, rules }: { active: readonly AlertInfo[]; rules: readonly AlertRuleInfo[] }) {
  const open = active.filter((alert) => alert.acknowledged === null).length;
  return (
    <Card title="Now" note={open === active.length ? undefined : `${countText(active.length - open)} acknowledged`}>
      <ul className="alerts-now">
        {active.map((alert) => (
          <ActiveAlert key={alert.id} alert={alert} rule={rules.find((one) => one.rule.id === alert.rule)} />
        ))}
      </ul>
    </Card>
  );
}

function ActiveAlert({ alert, rule }: { alert: AlertInfo; rule: AlertRuleInfo | undefined }) {
  const nowMs = useNow();
  const may = useMay("operator");
  const { mute, acknowledge } = useAlertActs();
  const severity = SEVERITY_WORDS[alert.severity];
  return (
    <li data-severity={alert.severity}>
      <div className="alert-what">
        <h3>
          <span className={`tag ${severity.tone}`}>{severity.words}</span> {alert.title}
        </h3>
        <p className="muted">{alert.text}</p>
        <p className="faint">
          since <AgeText tMs={alert.firedMs} />, by the rule “{alert.ruleName}”
          {alert.acknowledged !== null && (
            <>
              {" · ✓ acknowledged by "}
              {alert.acknowledged.who} <AgeText tMs={alert.acknowledged.atMs} ago />
            </>
          )}
        </p>
      </div>
      <Deliveries alert={alert} nowMs={nowMs} />
      <div className="alert-acts">
        <AlertLink link={alert.link} about={alert.subjectTitle} />
        {may && (
          <MuteMenu
            name={alert.ruleName}
            nowMs={nowMs}
            muted={rule !== undefined && isMuted(rule, nowMs)}
            onMute={(untilMs) => mute({ id: alert.rule, name: alert.ruleName }, untilMs)}
          />
        )}
        {may && alert.acknowledged === null && (
          <Button
            size="xs"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate(alert)}
            aria-label={`Acknowledge: ${alert.title}`}
          >
            Acknowledge
          </Button>
        )}
      </div>
    </li>
  );
}
