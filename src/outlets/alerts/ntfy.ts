import { type Channel, ChannelProblem, type Message } from "./channel.ts";
import { ask, refusal } from "./http.ts";
import { MOST_CHARACTERS, titleOf } from "./message-text.ts";

export interface NtfySettings {
  readonly name: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly topic: string;
  readonly token?: string;
}

const PRIORITIES = { critical: 5, warning: 4, info: 3 } as const;
const QUIET = 2;
const TAGS = { fired: "warning", repeated: "warning", cleared: "white_check_mark", test: "wave" } as const;

/** A topic of ntfy. Published as JSON, whose title may be in any script. Source: docs.ntfy.sh/publish. */
export function ntfyChannel({ name, url, topic, token }: NtfySettings): Channel {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { host } = new URL(url);
  return {
    name,
    kind: "ntfy",
    gathers: true,
    target: `topic ${topic} at ${host}`,
    secrets: token === undefined ? [] : [token],
    async check(signal) {
      const answer = await ask({ url: new URL(`${url}/v1/health`), method: "GET", headers, signal });
      if (answer.status === 401 || answer.status === 403)
        throw new ChannelProblem("person", `${host} does not let this token in (${answer.status}): make a new one there.`);
      if (answer.status >= 500) throw refusal(host, answer);
    },
    async send(message, { signal }) {
      const body = JSON.stringify({ topic, ...contentOf(message) });
      const answer = await ask({
        url: new URL(url),
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body,
        signal,
      });
      if (answer.status < 200 || answer.status >= 300) throw refusal(host, answer);
    },
    close: async () => undefined,
  };
}

function contentOf(message: Message): object {
  const isOver = message.what === "cleared" || message.what === "test";
  return {
    title: titleOf(message),
    message: message.text.slice(0, MOST_CHARACTERS),
    priority: isOver ? QUIET : PRIORITIES[message.severity],
    tags: [TAGS[message.what]],
    ...(message.link === undefined ? {} : { click: message.link }),
  };
}
