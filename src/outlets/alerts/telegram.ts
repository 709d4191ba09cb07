import { type Channel, ChannelProblem, type Message, oneLine } from "./channel.ts";
import { ask, type HttpAnswer, refusal } from "./http.ts";
import { bodyOf, headline } from "./message-text.ts";

export interface TelegramSettings {
  readonly name: string;
  readonly botToken: string;
  readonly chatId: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
}

interface Reply {
  readonly ok?: boolean;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number };
}

/** A bot that writes to a chat. Plain text: nothing in a message is markup. Source: core.telegram.org/bots/api. */
export function telegramChannel(settings: TelegramSettings): Channel {
  const { name, botToken, chatId, apiUrl } = settings;
  const call = async (method: string, signal: AbortSignal, body?: object): Promise<void> => {
    const url = new URL(`${apiUrl}/bot${botToken}/${method}`);
    const asked = body === undefined ? { method: "GET" as const } : { method: "POST" as const, ...json(body) };
    const answer = await ask({ url, signal, ...asked });
    const reply = replyOf(answer);
    if (answer.status !== 200 || reply.ok !== true) throw problemOf(url.host, answer, reply);
  };
  return {
    name,
    kind: "telegram",
    gathers: true,
    target: `chat ${chatId}`,
    secrets: [botToken],
    check: (signal) => call("getMe", signal),
    send: (message, { signal }) => call("sendMessage", signal, { chat_id: chatId, ...textOf(message) }),
    close: async () => undefined,
  };
}

function json(body: object) {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function textOf(message: Message): object {
  return {
    text: `${headline(message)}\n\n${bodyOf(message)}`,
    link_preview_options: { is_disabled: true },
    disable_notification: message.what === "cleared" || message.severity === "info",
  };
}

function replyOf({ body }: HttpAnswer): Reply {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}

function problemOf(host: string, answer: HttpAnswer, reply: Reply): ChannelProblem {
  const said = oneLine(reply.description ?? "").slice(0, 150);
  // A token that is none is answered with 404, one that was revoked with 401.
  if (answer.status === 401 || answer.status === 404)
    return new ChannelProblem("person", "Telegram does not know this bot: the token is wrong or was revoked. Ask @BotFather for it.");
  if (answer.status === 403 || /chat not found/i.test(said))
    return new ChannelProblem(
      "person",
      `Telegram does not let the bot write to this chat: ${said}. Write to the bot once, or add it to the group.`,
    );
  const seconds = reply.parameters?.retry_after;
  const retryAfterMs = typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : answer.retryAfterMs;
  return refusal(host, { ...answer, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, said);
}
