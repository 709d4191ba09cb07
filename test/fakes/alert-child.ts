import { writeSync } from "node:fs";
import { Outbox } from "#outlets/alerts/outbox.ts";
import { webhookChannel } from "#outlets/alerts/webhook.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { messageOf } from "./alert-message.ts";

/**
 * A process to be killed: writes an alert down if asked to, and sends what waits until nothing does.
 * Arguments: data folder, address of the webhook, and the title of an alert to fire, or nothing.
 */
async function main(folder: string, address: string, title: string): Promise<void> {
  const store = await openStore({ folder, inProcess: true });
  if (title !== "") {
    const { value: _, ...message } = messageOf({ title });
    const { rule, ruleName, subject, subjectTitle, severity, text, unit, firedMs } = message;
    const alert = { rule, ruleName, subject, subjectTitle, severity, title, text, value: 10, unit, firedMs };
    const deliveries = [{ channel: "hook", message: JSON.stringify({ ...message, value: 10 }) }];
    await store.changeAlerts({ atMs: Date.now(), fired: [{ ...alert, deliveries }] });
  }
  const url = new URL(address);
  const outbox = new Outbox({
    channel: webhookChannel({ name: "hook", url: address, host: url.host, method: "POST", headers: new Map() }),
    store,
    nowMs: Date.now,
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    random: () => 0.5,
    logger: { warn: () => undefined },
  });
  outbox.wake();
  while ((await store.alertDeliveries({ result: "waiting" })).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await outbox.close();
  await store.close();
  writeSync(1, "done\n");
}

const [folder, address, title = ""] = process.argv.slice(2);
if (folder !== undefined && address !== undefined && process.env["WATTKEEP_ALERT_CHILD"] === "1") await main(folder, address, title);
