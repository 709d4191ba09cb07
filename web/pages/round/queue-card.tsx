import { Button } from "@mantine/core";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { unitText } from "#web/parts/format-number.ts";
import { momentText } from "#web/parts/format-time.ts";
import { freshId } from "./ids.ts";
import { dialText } from "./number-entry.ts";
import { mended, type QueuedReading } from "./queue.ts";
import type { ReadingQueue } from "./use-reading-queue.ts";
import { queueSentence, stateWords } from "./words.ts";

interface QueueCardProps {
  readonly readings: readonly QueuedReading[];
  readonly queue: ReadingQueue;
  readonly onSignIn: () => void;
  readonly onGo: (meter: string) => void;
  readonly onTakeBack: (reading: QueuedReading) => void;
}

/** What did not arrive yet, each with why, and with a way to mend it. */
export function QueueCard({ readings, queue, onSignIn, onGo, onTakeBack }: QueueCardProps) {
  const open = readings.filter((reading) => reading.state !== "sent");
  return (
    <Card title="On this device" note={queue.sending ? "sending" : undefined}>
      <p>{queueSentence(readings, queue.last)}.</p>
      <ul className="round-queue">
        {open.map((reading) => (
          <Open key={reading.key} reading={reading} queue={queue} onGo={onGo} onTakeBack={onTakeBack} />
        ))}
      </ul>
      <div className="round-queue-acts">
        {queue.last?.end === "signed-out" ? (
          <Button size="xs" onClick={onSignIn}>
            Sign in
          </Button>
        ) : (
          open.some((reading) => reading.state === "waiting") && (
            <Button variant="default" size="xs" loading={queue.sending} onClick={queue.sendNow}>
              Send now
            </Button>
          )
        )}
      </div>
    </Card>
  );
}

type OpenProps = Pick<QueueCardProps, "queue" | "onGo" | "onTakeBack"> & { readonly reading: QueuedReading };

function Open({ reading, queue, onGo, onTakeBack }: OpenProps) {
  const nowMs = useNow(60_000);
  const { words, tone } = stateWords(reading);
  const again = (photo?: null) => {
    // A device whose clock was ahead said an instant that had not come yet.
    const tMs = Math.min(reading.tMs, Date.now());
    void queue.replace(reading, mended(reading, { tMs, ...(photo === null ? { photo } : {}) }, freshId()));
  };
  return (
    <li>
      <p>
        <b>{reading.name}</b>{" "}
        <span className="num">
          {dialText(reading.value, reading.decimals)} <i>{unitText(reading.unit)}</i>
        </span>{" "}
        <span className="faint">
          {momentText(reading.tMs, nowMs)}
          {reading.photo !== null && ", with a photo"}
        </span>{" "}
        <span className={tone === "" ? "muted" : tone}>{words}</span>
      </p>
      {reading.state === "refused" && (
        <>
          <p className="bad">{reading.sentence}</p>
          <p className="round-mend">
            <button
              type="button"
              className="link"
              onClick={() => onGo(reading.meter)}
              aria-label={`Correct the reading of ${reading.name}`}
            >
              Correct
            </button>
            <button type="button" className="link" onClick={() => again()} aria-label={`Send the reading of ${reading.name} again`}>
              Send again
            </button>
            {reading.photo !== null && (
              <button
                type="button"
                className="link"
                onClick={() => again(null)}
                aria-label={`Send the reading of ${reading.name} without photo`}
              >
                Without the photo
              </button>
            )}
            <button
              type="button"
              className="link"
              onClick={() => onTakeBack(reading)}
              aria-label={`Take back the reading of ${reading.name}`}
            >
              Take back
            </button>
          </p>
        </>
      )}
    </li>
  );
}
