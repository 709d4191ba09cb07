import { useState } from "react";
import type { RoundAnswer } from "#contract/round.ts";
import { useLive, useNow } from "#web/client/live.tsx";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { undoNotice } from "#web/parts/undo-notice.tsx";
import { freshId } from "./ids.ts";
import type { OfflineState } from "./offline.ts";
import { mended, type QueuedReading } from "./queue.ts";
import { QueueCard } from "./queue-card.tsx";
import { type Kept, StopCard } from "./stop-card.tsx";
import { StopList } from "./stop-list.tsx";
import { SummaryCard } from "./summary-card.tsx";
import type { ReadingQueue } from "./use-reading-queue.ts";
import { useSkipped } from "./use-skipped.ts";
import { nextStop, type WalkStop, walkOf } from "./walk.ts";
import { OFFLINE_WORDS, queueSentence, roundSentence } from "./words.ts";

const MINUTE_MS = 60_000;
const UNDO_MS = 10_000;

interface WalkViewProps {
  readonly answer: RoundAnswer;
  readonly queue: ReadingQueue;
  readonly readings: readonly QueuedReading[];
  readonly offline: OfflineState;
  readonly onSignIn: () => void;
}

/** One stop at a time, the way through all of them, and what still waits on the device. */
export function WalkView({ answer, queue, readings, offline, onSignIn }: WalkViewProps) {
  const nowMs = useNow(MINUTE_MS);
  const { ticker } = useLive();
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const { skipped, skip, unskip, clear } = useSkipped();
  const walk = walkOf(answer, readings, { all, skipped });
  const here = walk.stops.find((one) => one.stop.meter === chosen) ?? walk.left[0];
  const goTo = (meter: string) => {
    if (!walk.stops.some((one) => one.stop.meter === meter)) setAll(true);
    setChosen(meter);
  };
  const goOn = (meter: string) => setChosen(nextStop(walk, meter)?.stop.meter);

  const keep = async ({ stop, reading: before }: WalkStop, kept: Kept): Promise<void> => {
    const { photo, ...said } = kept;
    const id = photo === undefined ? undefined : freshId();
    if (before === undefined) {
      const { meter, name, unit, decimals } = stop;
      const fresh = { key: freshId(), meter, name, unit, decimals, tMs: ticker.nowMs(), keptMs: Date.now(), photo: id ?? null };
      await queue.add({ ...fresh, ...said, photoSent: false, state: "waiting", sentence: "" }, photo);
    } else {
      await queue.replace(before, mended(before, { ...said, ...(id === undefined ? {} : { photo: id }) }, freshId()), photo);
    }
    unskip(stop.meter);
    goOn(stop.meter);
  };
  const startOver = () => {
    void queue.remove(readings.filter((reading) => reading.state === "sent"));
    clear();
    setChosen(undefined);
  };
  const takeBack = (reading: QueuedReading) => {
    void queue.remove([reading]);
    undoNotice({
      id: `round-${reading.key}`,
      title: `The reading of ${reading.name} is taken back`,
      forMs: UNDO_MS,
      onUndo: () => void queue.add(reading),
    });
  };
  const waiting = queueSentence(readings, queue.last);
  return (
    <>
      <Answer
        sentence={roundSentence(walk)}
        evidence={[
          <span key="offline" className={offline === "ready" || offline === "preparing" ? undefined : "warn"}>
            {OFFLINE_WORDS[offline].short}
          </span>,
          waiting === undefined ? "Nothing waits on this device" : waiting,
          <span key="age">
            Expectations <AgeText tMs={answer.nowMs} ago />
          </span>,
        ]}
      />
      <p className="read-aloud" role="status">
        {waiting}
      </p>
      <div className="round-grid">
        <div className="round-main">
          {here === undefined ? (
            <SummaryCard walk={walk} answer={answer} onGo={setChosen} onAll={all ? undefined : () => setAll(true)} onOver={startOver} />
          ) : (
            <StopCard
              key={`${here.stop.meter} ${here.reading?.key ?? ""}`}
              here={here}
              place={{ at: walk.stops.indexOf(here) + 1, of: walk.stops.length }}
              times={{ askedMs: answer.nowMs, nowMs }}
              photoOf={queue.photo}
              onKeep={(kept) => keep(here, kept)}
              onSkip={() => {
                skip(here.stop.meter);
                goOn(here.stop.meter);
              }}
            />
          )}
          <Hints offline={offline} durable={queue.durable} />
        </div>
        <div className="round-side">
          {waiting !== undefined && <QueueCard readings={readings} queue={queue} onSignIn={onSignIn} onGo={goTo} onTakeBack={takeBack} />}
          {walk.stops.length > 0 && <StopList walk={walk} here={here} onGo={setChosen} />}
        </div>
      </div>
    </>
  );
}

function Hints({ offline, durable }: { offline: OfflineState; durable: boolean }) {
  const { more } = OFFLINE_WORDS[offline];
  if (more === "" && durable) return null;
  return (
    <div className="round-hints muted">
      {!durable && (
        <p className="warn">
          ! This browser keeps nothing, as in a private window: readings are lost if the page is closed before they are sent.
        </p>
      )}
      {more !== "" && <p>{more}</p>}
    </div>
  );
}
