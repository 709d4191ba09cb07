import { expect, test } from "vitest";
import { parse } from "yaml";
import { channelSchema } from "#config/channels.ts";
import { CHANNEL_SNIPPETS } from "#web/pages/alerts/channel-snippets.ts";

test("the lines for a channel that the page offers are what the configuration takes", () => {
  const kinds = Object.entries(CHANNEL_SNIPPETS).map(([kind, snippet]) => {
    const filled = snippet.replaceAll(/\$\{\w+_WEBHOOK\}/g, "https://chat.example/hook").replaceAll(/\$\{\w+\}/g, "secret");
    const { alerts } = parse(filled) as { alerts: { channels: Record<string, unknown> } };
    for (const channel of Object.values(alerts.channels)) expect(channelSchema.parse(channel)).toMatchObject({ kind });
    return kind;
  });
  expect(kinds.toSorted()).toEqual(["mail", "mqtt", "ntfy", "telegram", "webhook"]);
});
