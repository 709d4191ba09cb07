import { type Channel, type Message, oneLine } from "./channel.ts";
import { ask, type HttpQuestion, refusal } from "./http.ts";

export interface WebhookSettings {
  readonly name: string;
  /** Whole; its path is often the secret. */
  readonly url: string;
  /** What may be shown of it. */
  readonly host: string;
  readonly method: "POST" | "PUT" | "GET";
  readonly headers: ReadonlyMap<string, string>;
}

/** An address that other programs listen at. It cannot be asked beforehand: every request counts there. */
export function webhookChannel(settings: WebhookSettings): Channel {
  const { name, url, host, method, headers } = settings;
  return {
    name,
    kind: "webhook",
    target: host,
    secrets: [...headers.values(), ...secretPartsOf(url)],
    async send(message, { id, signal }) {
      const asked = { ...questionOf(settings, message, id), method, signal };
      const answer = await ask({ ...asked, headers: { ...asked.headers, ...Object.fromEntries(headers) } });
      if (answer.status < 200 || answer.status >= 300) throw refusal(host, answer);
    },
    close: async () => undefined,
  };
}

/** A GET says it in the address, the others as JSON. */
function questionOf(
  { url: address, method }: WebhookSettings,
  message: Message,
  id: string,
): Pick<HttpQuestion, "url" | "headers" | "body"> {
  const url = new URL(address);
  const headers = { "idempotency-key": id };
  if (method !== "GET")
    return { url, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(webhookBody(message, id)) };
  for (const [key, value] of Object.entries(webhookBody(message, id))) if (value !== null) url.searchParams.set(key, String(value));
  return { url, headers };
}

/** What a webhook and the events over MQTT say: documented in docs/guides/alerts.md, added to and never renamed. */
export function webhookBody(message: Message, id: string) {
  return {
    id,
    what: message.what,
    rule: message.rule,
    ruleName: message.ruleName,
    subject: message.subject,
    subjectTitle: message.subjectTitle,
    severity: message.severity,
    title: oneLine(message.title),
    text: message.text,
    value: Number.isFinite(message.value) ? message.value : null,
    unit: message.unit,
    atMs: message.tMs,
    at: new Date(message.tMs).toISOString(),
    firedMs: message.firedMs,
    link: message.link ?? null,
  };
}

/** User, password, path and query of the address: any of them may be what lets a request in. */
function secretPartsOf(address: string): string[] {
  const url = new URL(address);
  const path = `${url.pathname}${url.search}`;
  // A short path is no secret, and its letters are in many words.
  return [url.password, path].filter((part) => part.length >= 8);
}
