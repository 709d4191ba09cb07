import { Button } from "@mantine/core";
import { type CSSProperties, type FormEvent, useEffect, useId, useRef, useState } from "react";
import { MEDIA } from "#web/pages/utilities/media.ts";
import { NOT_KNOWN, unitText } from "#web/parts/format-number.ts";
import { datedText } from "#web/parts/format-time.ts";
import { dialText, fieldText, meantNumber, rangePlaces, readNumber } from "./number-entry.ts";
import { PhotoField } from "./photo-field.tsx";
import { type Expected, expectedAt, type RoundStop, type Verdict, verdictOf } from "./verdict.ts";
import type { WalkStop } from "./walk.ts";
import { daysAgo } from "./words.ts";

/** What somebody says at a stop. */
export interface Kept {
  readonly value: number;
  readonly note: string;
  readonly photo: Blob | undefined;
  readonly unusual: boolean;
}

interface StopCardProps {
  readonly here: WalkStop;
  readonly place: { readonly at: number; readonly of: number };
  readonly times: { readonly askedMs: number; readonly nowMs: number };
  readonly photoOf: (id: string) => Promise<Blob | undefined>;
  readonly onKeep: (kept: Kept) => Promise<void>;
  readonly onSkip: () => void;
}

const SIGNS = { plausible: "✓", first: "✓", unusual: "!", falls: "✕" } as const;
const TONES = { plausible: "good", first: "good", unusual: "warn", falls: "bad" } as const;

/** One meter, large enough for a thumb: what it showed, what it should show, and the field for what it shows. */
export function StopCard({ here, place, times, photoOf, onKeep, onSkip }: StopCardProps) {
  const { stop, reading } = here;
  const [text, setText] = useState(reading === undefined ? "" : fieldText(reading.value, stop.decimals));
  const [note, setNote] = useState(reading?.note ?? "");
  const [noting, setNoting] = useState((reading?.note ?? "") !== "");
  const [photo, setPhoto] = useState<Blob>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ids = { field: useId(), verdict: useId() };
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const expected = expectedAt(stop, { askedMs: times.askedMs, tMs: times.nowMs });
  const value = readNumber(text);
  const verdict = value === undefined || isOwn(here) ? undefined : verdictOf(value, stop, expected);
  const meant = meantNumber(text, { decimals: stop.decimals, low: expected.low, high: expected.high });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (value === undefined) {
      setTrouble(
        text.trim() === "" ? "Type what the dial shows, or skip this meter." : "That is no number. Digits, and one comma or point.",
      );
      field.current?.focus();
      return;
    }
    setBusy(true);
    const unusual = verdict !== undefined && verdict.kind !== "plausible" && verdict.kind !== "first";
    try {
      await onKeep({ value, note: note.trim(), photo, unusual });
    } catch {
      setTrouble("This device could not keep the reading. Is its memory full?");
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card round-stop" aria-label={stop.name} style={{ "--c": `var(${MEDIA[stop.medium].color})` } as CSSProperties}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="round-place muted">
          <span>
            <span className="sw" /> {MEDIA[stop.medium].label}
            {stop.group !== "" && `, ${stop.group}`}
          </span>
          <span>
            {place.at} of {place.of}
          </span>
        </p>
        <h2>{stop.name}</h2>
        {stop.serial !== null && <p className="muted">No. {stop.serial}</p>}
        <Facts stop={stop} expected={expected} nowMs={times.nowMs} />
        <label className="round-label" htmlFor={ids.field}>
          The dial shows, in {unitText(stop.unit) || "units"}
        </label>
        <div className="round-field">
          <input
            id={ids.field}
            ref={field}
            type="text"
            inputMode="decimal"
            enterKeyHint="next"
            autoComplete="off"
            placeholder={stop.lastValue === null ? undefined : fieldText(stop.lastValue, stop.decimals)}
            aria-describedby={ids.verdict}
            aria-invalid={trouble !== undefined}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setTrouble(undefined);
            }}
          />
          <span className="muted">{unitText(stop.unit)}</span>
        </div>
        <p className="round-verdict" id={ids.verdict} role="status">
          <Said trouble={trouble} verdict={verdict} own={isOwn(here) ? reading?.sentence : undefined} />
        </p>
        {meant !== undefined && (
          <button type="button" className="ctl" onClick={() => setText(fieldText(meant, stop.decimals))}>
            Did you mean {dialText(meant, stop.decimals)}?
          </button>
        )}
        <div className="round-more">
          <PhotoField photo={photo} before={reading?.photo ?? null} photoOf={photoOf} onPhoto={setPhoto} />
          {noting ? (
            <input
              className="ctl round-note"
              aria-label="Note"
              placeholder="Note"
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          ) : (
            <button type="button" className="ctl" onClick={() => setNoting(true)}>
              Add a note
            </button>
          )}
        </div>
        <div className="round-acts">
          <Button variant="default" onClick={onSkip}>
            {reading === undefined ? "Skip" : "Leave it"}
          </Button>
          <Button type="submit" loading={busy}>
            {buttonWords(reading !== undefined, verdict)}
          </Button>
        </div>
      </form>
    </section>
  );
}

/** After a reading arrived, the last reading the server knows is that one: there is nothing to compare it with. */
function isOwn({ stop, reading }: WalkStop): boolean {
  return reading !== undefined && stop.lastMs !== null && stop.lastMs >= reading.tMs;
}

function buttonWords(again: boolean, verdict: Verdict | undefined): string {
  if (verdict?.kind === "unusual" || verdict?.kind === "falls") return "It shows that: keep it";
  return again ? "Change and go on" : "Keep and go on";
}

function Facts({ stop, expected, nowMs }: { stop: RoundStop; expected: Expected; nowMs: number }) {
  const dial = (value: number) => dialText(value, stop.decimals);
  const unit = unitText(stop.unit);
  return (
    <dl className="round-facts">
      <div>
        <dt>Last reading</dt>
        <dd className="num">
          {stop.lastValue === null ? "—" : dial(stop.lastValue)} <i>{stop.lastValue === null ? "" : unit}</i>
        </dd>
        <dd className="note muted">
          {stop.lastMs === null ? "none yet" : `${datedText(stop.lastMs, nowMs)}, ${daysAgo(stop.lastMs, nowMs)}`}
        </dd>
      </div>
      <div>
        <dt>Expected today</dt>
        <dd className="num">{expectedText(expected, stop.decimals)}</dd>
        <dd className="note muted">{expected.low === null ? "not enough readings yet" : "by what was usual"}</dd>
      </div>
    </dl>
  );
}

/** "826.5 to 838.5". Missing: — where nothing is expected. */
function expectedText({ low, high }: Expected, decimals: number): string {
  if (low === null || high === null) return NOT_KNOWN;
  const places = rangePlaces(low, high, decimals);
  const text = (value: number): string => dialText(Number(value.toFixed(places)), places);
  return `${text(low)} to ${text(high)}`;
}

function Said({ trouble, verdict, own }: { trouble: string | undefined; verdict: Verdict | undefined; own: string | undefined }) {
  if (trouble !== undefined) return <span className="bad">✕ {trouble}</span>;
  if (verdict !== undefined) {
    return (
      <span className={TONES[verdict.kind]}>
        {SIGNS[verdict.kind]} {verdict.sentence}
      </span>
    );
  }
  return <span className="muted">{own ?? "\u00a0"}</span>;
}
