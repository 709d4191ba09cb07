import { Button } from "@mantine/core";
import type { AlertChannel } from "#contract/alerts.ts";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { NewChannel } from "./new-channel.tsx";
import { useChannelTest } from "./use-alert-acts.ts";
import { CHANNEL_WORDS } from "./words.ts";

/** The ways to tell people: whether each works, and a button that finds out. */
export function ChannelsCard({ channels }: { channels: readonly AlertChannel[] }) {
  return (
    <Card title="Channels" note={channels.length > 0 ? "written in the configuration, secrets beside it" : undefined}>
      {channels.length === 0 ? (
        <NewChannel />
      ) : (
        <>
          <ul className="channels">
            {channels.map((channel) => (
              <Channel key={channel.name} channel={channel} />
            ))}
          </ul>
          <details className="channels-more">
            <summary className="link">Add another one</summary>
            <NewChannel />
          </details>
        </>
      )}
    </Card>
  );
}

function Channel({ channel }: { channel: AlertChannel }) {
  const may = useMay("operator");
  const test = useChannelTest(channel.name);
  return (
    <li>
      <div className="channel-head">
        <strong>{channel.name}</strong>
        <WorksTag works={channel.works} />
        {may && (
          <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()} aria-label={`Test ${channel.name}`}>
            Test
          </Button>
        )}
      </div>
      <div className="muted">
        {CHANNEL_WORDS[channel.kind]}: <span className="channel-target">{channel.target}</span>
      </div>
      <div className="faint">
        {channel.lastSentMs === null ? "nothing sent yet" : <>last sent {<AgeText tMs={channel.lastSentMs} ago />}</>}
      </div>
      {channel.problem !== null && channel.problem !== test.data?.sentence && <p className="bad">✕ {channel.problem}</p>}
      <div role="status">
        {test.data && (
          <p className={test.data.sent ? "good" : "bad"}>
            {test.data.sent ? "✓" : "✕"} {test.data.sentence}
          </p>
        )}
        {test.error && <p className="bad">✕ {test.error.message}</p>}
      </div>
    </li>
  );
}

function WorksTag({ works }: { works: boolean | null }) {
  if (works === null) return <span className="tag">– not asked yet</span>;
  return works ? <span className="tag good">✓ works</span> : <span className="tag bad">✕ does not work</span>;
}
