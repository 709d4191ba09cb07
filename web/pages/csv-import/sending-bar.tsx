import { Button } from "@mantine/core";
import { Card } from "#web/parts/card.tsx";
import type { Sending } from "./use-csv-import.ts";
import { sendingWords } from "./words.ts";

/** How far a file is on its way, and the way to call it off. */
export function SendingBar({ sending: { mode, sentBytes, sizeBytes }, onCancel }: { sending: Sending; onCancel: () => void }) {
  const sent = sentBytes >= sizeBytes;
  const words = sendingWords(mode, sentBytes, sizeBytes);
  return (
    <Card title={mode === "import" ? "Taking it in" : mode === "dry-run" ? "Counting" : "Looking at it"}>
      <div className="csv-sending">
        {sent ? <progress aria-label="At work" /> : <progress aria-label="Sent" max={sizeBytes} value={sentBytes} />}
        <p role="status">{words}</p>
        {!(sent && mode === "import") && (
          <Button variant="default" size="xs" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </Card>
  );
}
