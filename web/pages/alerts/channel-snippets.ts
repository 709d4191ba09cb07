import type { AlertChannel } from "#contract/alerts.ts";

/** What to write into the configuration for a channel of each kind. Secrets stand in the environment or in `.env` beside the file. */
export const CHANNEL_SNIPPETS: Readonly<Record<AlertChannel["kind"], string>> = {
  telegram: `alerts:
  channels:
    phone:
      kind: telegram
      botToken: \${TELEGRAM_TOKEN}
      chatId: 123456789
`,
  mail: `alerts:
  channels:
    mail:
      kind: mail
      host: mail.example.org
      user: me@example.org
      password: \${MAIL_PASSWORD}
      from: Wattkeep <me@example.org>
      to: [me@example.org]
`,
  ntfy: `alerts:
  channels:
    phone:
      kind: ntfy
      topic: a-name-nobody-guesses
`,
  webhook: `alerts:
  channels:
    chat:
      kind: webhook
      url: \${CHAT_WEBHOOK}
`,
  mqtt: `alerts:
  channels:
    plc:
      kind: mqtt
      topic: wattkeep/alerts
`,
};

/** What else there is to do, in one sentence. */
export const CHANNEL_STEPS: Readonly<Record<AlertChannel["kind"], string>> = {
  telegram: "Make a bot with @BotFather, put its token into .env beside the file as TELEGRAM_TOKEN, and write to the bot once.",
  mail: "Put the password of the mail account into .env beside the file as MAIL_PASSWORD.",
  ntfy: "Subscribe to the same topic in the ntfy app; who knows the name can read it.",
  webhook: "Put the address into .env beside the file as CHAT_WEBHOOK; it gets the alert as JSON.",
  mqtt: "A controller that subscribes to the topic can shed load; the message is JSON.",
};
