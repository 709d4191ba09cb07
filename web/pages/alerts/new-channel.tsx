import { useState } from "react";
import type { AlertChannel } from "#contract/alerts.ts";
import { CopyButton } from "#web/parts/copy-button.tsx";
import { Seg } from "#web/parts/seg.tsx";
import { CHANNEL_SNIPPETS, CHANNEL_STEPS } from "./channel-snippets.ts";
import { CHANNEL_WORDS } from "./words.ts";

const KINDS = Object.entries(CHANNEL_WORDS).map(([value, label]) => ({ value: value as AlertChannel["kind"], label }));

/** How a channel is added: the lines for the configuration, to copy. */
export function NewChannel() {
  const [kind, setKind] = useState<AlertChannel["kind"]>("telegram");
  return (
    <div className="new-channel">
      <p>Alerts reach you away from this page through a channel. Write these lines into wattkeep.yaml and start Wattkeep again:</p>
      <Seg label="Kind of channel" value={kind} options={KINDS} onChange={setKind} />
      <pre className="command">{CHANNEL_SNIPPETS[kind].trimEnd()}</pre>
      <p className="muted">{CHANNEL_STEPS[kind]}</p>
      <CopyButton text={CHANNEL_SNIPPETS[kind]} label="Copy the lines" />
    </div>
  );
}
