import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import type { MeterReading } from "#contract/meter-history.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { meterQuery } from "#web/client/meter-act-queries.ts";
import { Seg } from "#web/parts/seg.tsx";
import { ErrorState } from "#web/parts/states.tsx";
import { type CorrectionDraft, isMissing, type Missing, wishOfDraft } from "./correction-form.ts";
import { Preview } from "./preview.tsx";
import { ReadingChoice } from "./reading-choice.tsx";
import { useCorrecting } from "./use-correcting.ts";
import { inUnit } from "./words.ts";

interface FormProps {
  readonly meter: MeterInfo;
  readonly near: string | undefined;
  readonly zone: string;
  readonly onDone: () => void;
}

const ACTIONS = [
  { value: "set", label: "Change" },
  { value: "delete", label: "Leave out" },
  { value: "add", label: "Add" },
  { value: "offset", label: "Move many" },
] as const;

const VALUE_LABELS = {
  set: "What it should be",
  delete: "",
  add: "What the dial showed",
  offset: "Add to each reading (may be below zero)",
} as const;

/** What is to be changed and why; what that would do is shown before it is done. */
export function CorrectionForm({ meter, near, zone, onDone }: FormProps) {
  const detail = useQuery(meterQuery(meter.id)).data;
  const { make, look } = useCorrecting();
  const [action, setAction] = useState<CorrectionDraft["action"]>("set");
  const [reading, setReading] = useState<MeterReading>();
  const [fields, setFields] = useState({ at: "", until: "", value: "", why: "" });
  const [missing, setMissing] = useState<Missing>();
  const [preview, setPreview] = useState<CorrectionMadeAnswer>();
  const series = reading?.series ?? detail?.series.find((one) => one.kind === "counter")?.key ?? detail?.series[0]?.key;
  const wish = wishOfDraft({ ...fields, action, reading, series });

  const edited = () => {
    setMissing(undefined);
    setPreview(undefined);
    look.reset();
    make.reset();
  };
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    setFields({ ...fields, [name]: event.currentTarget.value });
    edited();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isMissing(wish)) return setMissing(wish);
    if (preview === undefined) look.mutate(wish, { onSuccess: setPreview });
    else make.mutate(wish, { onSuccess: onDone });
  };
  const wrong = (field: Missing["field"]) => (missing?.field === field ? missing.sentence : undefined);
  const choosing = action === "set" || action === "delete";
  const failed = make.error ?? look.error;
  return (
    <form className="correction-form" onSubmit={submit} noValidate>
      <Seg
        label="What to do"
        value={action}
        options={ACTIONS}
        onChange={(next) => {
          setAction(next);
          edited();
        }}
      />
      {choosing && (
        <ReadingChoice
          meter={meter}
          near={near}
          zone={zone}
          chosen={reading}
          wrong={wrong("reading")}
          onChoose={(next) => {
            setReading(next);
            if (action === "set") setFields({ ...fields, value: String(next.value ?? "") });
            edited();
          }}
        />
      )}
      {!choosing && (
        <div className="correction-row">
          <TextInput
            type="datetime-local"
            label={action === "add" ? "When, by the clock of the site" : "From, by the clock of the site"}
            value={fields.at}
            error={wrong("at")}
            onChange={set("at")}
          />
          {action === "offset" && (
            <TextInput type="datetime-local" label="Until, included" value={fields.until} error={wrong("until")} onChange={set("until")} />
          )}
        </div>
      )}
      {action !== "delete" && (
        <TextInput
          label={inUnit(VALUE_LABELS[action], meter.unit)}
          inputMode={action === "offset" ? "text" : "decimal"}
          autoComplete="off"
          value={fields.value}
          error={wrong("value")}
          onChange={set("value")}
        />
      )}
      <TextInput label="Why" maxLength={500} value={fields.why} error={wrong("why")} onChange={set("why")} />
      {failed !== null && <ErrorState error={failed} />}
      {preview !== undefined && <Preview answer={preview} zone={zone} />}
      <div className="correction-acts">
        <Button type="submit" size="xs" loading={look.isPending || make.isPending}>
          {preview === undefined ? "See what it would change" : "Correct it"}
        </Button>
        <Button variant="default" size="xs" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
