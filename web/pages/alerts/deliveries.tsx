import type { AlertInfo } from "#contract/alerts.ts";
import { fullText } from "#web/parts/format-time.ts";
import { deliveryWords } from "./words.ts";

/** What became of the messages of an alert, one line per channel; why where one did not arrive. */
export function Deliveries({ alert, nowMs }: { alert: AlertInfo; nowMs: number }) {
  if (alert.deliveries.length === 0) return <span className="faint">told on this page alone</span>;
  return (
    <ul className="deliveries" aria-label="Messages">
      {alert.deliveries.map((delivery) => {
        const { words, tone } = deliveryWords(delivery, nowMs);
        return (
          <li key={delivery.channel}>
            <span className={tone === "good" || tone === "" ? "muted" : tone} title={fullText(delivery.atMs)}>
              {words}
            </span>
            {delivery.problem !== null && delivery.result !== "sent" && <div className="faint">{delivery.problem}</div>}
          </li>
        );
      })}
    </ul>
  );
}
