import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import { useNow } from "#web/client/live.tsx";
import type { Correcting } from "./correcting.ts";
import { changeLines } from "./correction-words.ts";
import { Dialog } from "./dialog.tsx";
import { Field, FormFoot } from "./form-parts.tsx";
import { numberOf } from "./meter-draft.ts";
import type { MeterLook } from "./meter-look.ts";
import { localText } from "./reading-row.tsx";
import { momentOf } from "./replacement-dialog.tsx";
import { type CorrectionWish, previewCorrection, useCorrect } from "./use-meter-say.ts";
import { registerText } from "./words.ts";

interface DialogProps {
  readonly look: MeterLook;
  readonly correcting: Correcting;
  readonly onClose: () => void;
}

const THINK_MS = 350;
const LABELS = { set: "Change it", delete: "Delete it", add: "Add it" } as const;

/** Changes, deletes or adds a reading: what it would change is said first, what is stored stays, and it can be taken back. */
export function CorrectionDialog({ look, correcting, onClose }: DialogProps) {
  const { meter, clock } = look;
  const { action, reading } = correcting;
  const nowMs = useNow(60_000);
  const [text, setText] = useState(reading?.value === undefined || reading.value === null ? "" : String(reading.value));
  const [at, setAt] = useState(() => momentOf(clock.wallMs(nowMs)));
  const [series, setSeries] = useState(reading?.series ?? writableSeries(look));
  const [why, setWhy] = useState("");
  const { correct } = useCorrect();
  const value = numberOf(text);
  const unit = reading?.unit ?? meter.series.find((one) => one.key === series)?.unit ?? meter.unit;
  const wanted = action === "delete" || (value !== undefined && (action === "add" || value !== reading.value));
  const from = reading === undefined ? at : reading.tMs;
  const wish: CorrectionWish | undefined =
    wanted && series !== "" && from !== ""
      ? { series, action, from, why, ...(action === "delete" ? {} : { value: value ?? 0 }) }
      : undefined;
  const preview = usePreview(wish);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish !== undefined && why.trim() !== "") correct.mutate(wish, { onSuccess: onClose });
  };
  return (
    <Dialog title={titleOf(correcting, meter.name)} onClose={onClose}>
      <form className="util-form" onSubmit={submit}>
        {reading !== undefined && (
          <p className="wide util-dialog-words">
            {localText(reading.tLocal)}: {registerText(reading.value, reading.unit)}, from {reading.source}. What is stored stays as it
            came; numbers use the correction until it is taken back.
          </p>
        )}
        {action === "add" && <Field label="Read at" kind="moment" value={at} onChange={setAt} required />}
        {action !== "delete" && (
          <Field
            label={`It showed, ${unit}`}
            kind="number"
            value={text}
            onChange={setText}
            focus
            error={text.trim() !== "" && value === undefined ? "Write a number" : undefined}
          />
        )}
        {action === "add" && meter.series.length > 1 && (
          <label className="util-field">
            <span className="util-label">Series</span>
            <select className="ctl" value={series} onChange={(event) => setSeries(event.currentTarget.value)}>
              {meter.series.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.source}, {one.kind}, {one.unit}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className="wide">
          <Field label="Why" value={why} onChange={setWhy} hint="read 8 for 3" focus={action === "delete"} required />
        </div>
        <Preview answer={preview.data} error={preview.error} asked={wish !== undefined} />
        <FormFoot
          label={LABELS[action]}
          busy={correct.isPending}
          error={correct.error}
          onCancel={onClose}
          disabled={wish === undefined || why.trim() === ""}
        />
      </form>
    </Dialog>
  );
}

/** What the correction would change, asked while it is typed. */
function usePreview(wish: CorrectionWish | undefined) {
  const preview = useMutation({ mutationFn: previewCorrection });
  const { mutate, reset } = preview;
  const { series, action, from, value } = wish ?? {};
  useEffect(() => {
    reset();
    if (series === undefined || action === undefined || from === undefined) return;
    // A reason is wanted even of a question; whatever it will be changes no number.
    const timer = setTimeout(() => mutate({ series, action, from, why: "preview", ...(value === undefined ? {} : { value }) }), THINK_MS);
    return () => clearTimeout(timer);
  }, [series, action, from, value, mutate, reset]);
  return preview;
}

function Preview({ answer, error, asked }: { answer: CorrectionMadeAnswer | undefined; error: Error | null; asked: boolean }) {
  const lines = answer === undefined ? [] : changeLines(answer.changes);
  return (
    <div className="wide util-preview" aria-live="polite">
      {answer === undefined && error === null && (
        <p className="faint">{asked ? "Working out what it changes" : "What it changes is said here."}</p>
      )}
      {error !== null && <p className="bad">✕ {error.message}</p>}
      {answer !== undefined && <p>{answer.sentence}</p>}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function titleOf({ action, reading }: Correcting, name: string): string {
  if (action === "add") return `Add a reading of ${name}`;
  return `${action === "set" ? "Change" : "Delete"} the reading of ${localText(reading.tLocal)}`;
}

/** Where a missing reading is put: what people wrote by hand, else the first register. */
function writableSeries({ meter }: MeterLook): string {
  const registers = meter.series.filter((one) => one.kind === "counter");
  return (registers.find((one) => one.source === "manual") ?? registers[0] ?? meter.series[0])?.key ?? "";
}
