import { type FormEvent, useState } from "react";
import type { MeterEventAnswer } from "#contract/meters.ts";
import { clockWords } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import { Dialog } from "./dialog.tsx";
import { Field, FormFoot } from "./form-parts.tsx";
import { numberOf } from "./meter-draft.ts";
import type { MeterLook } from "./meter-look.ts";
import { useMeterSay } from "./use-meter-say.ts";
import { registerText } from "./words.ts";

interface DialogProps {
  readonly look: MeterLook;
  /** The event that told of it; the day, and both readings, come from it. */
  readonly event?: MeterEventAnswer;
  readonly onClose: () => void;
}

/** A device that was changed: when, what the old one showed last, and the new one first. Consumption goes on across it. */
export function ReplacementDialog({ look, event, onClose }: DialogProps) {
  const { meter, clock } = look;
  const nowMs = useNow(60_000);
  const [at, setAt] = useState(() => momentOf(clock.wallMs(event?.tMs ?? nowMs)));
  const [last, setLast] = useState(event?.before === undefined || event.before === null ? "" : String(event.before));
  const [first, setFirst] = useState(event?.value === undefined || event.value === null ? "0" : String(event.value));
  const [serial, setSerial] = useState("");
  const [why, setWhy] = useState("");
  const { say } = useMeterSay(meter.id);
  const lastReading = last.trim() === "" ? null : numberOf(last);
  const firstReading = first.trim() === "" ? null : numberOf(first);
  const submit = (sent: FormEvent) => {
    sent.preventDefault();
    if (lastReading === undefined || firstReading === undefined || at === "") return;
    say.mutate(
      {
        path: "replacements",
        body: { at, lastReading, firstReading, serial: serial.trim() === "" ? null : serial.trim(), why },
        title: `${meter.name} was replaced on ${at.replace("T", " ")}`,
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title={`Replace ${meter.name}`} onClose={onClose}>
      <p className="util-dialog-words">
        What the old device counted stays, the new one goes on from there.
        {meter.lastValue !== null && ` The last reading is ${registerText(meter.lastValue, meter.unit)}.`} A reading nobody wrote down may
        stay empty: what was used up to it is then estimated, and marked.
      </p>
      <form className="util-form" onSubmit={submit}>
        <Field label="Replaced at" kind="moment" value={at} onChange={setAt} required />
        <Field label="New serial number" value={serial} onChange={setSerial} hint="may stay empty" />
        <Field
          label={`The old one showed last, ${meter.unit}`}
          kind="number"
          value={last}
          onChange={setLast}
          focus
          error={lastReading === undefined ? "Write a number" : undefined}
        />
        <Field
          label={`The new one showed first, ${meter.unit}`}
          kind="number"
          value={first}
          onChange={setFirst}
          error={firstReading === undefined ? "Write a number" : undefined}
        />
        <div className="wide">
          <Field label="Why" value={why} onChange={setWhy} hint="calibration ended" />
        </div>
        <FormFoot label="Replace it" busy={say.isPending} error={say.error} onCancel={onClose} disabled={at === ""} />
      </form>
    </Dialog>
  );
}

/** A wall time as a field of a form holds it. */
export function momentOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 10)}T${clockWords(wallMs)}`;
}
