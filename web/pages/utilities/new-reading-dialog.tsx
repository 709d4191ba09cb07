import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useState } from "react";
import type { ReadingSaidAnswer } from "#contract/meter-history.ts";
import { sendJson } from "#web/client/fetch.ts";
import { useNow } from "#web/client/live.tsx";
import { meterPath } from "#web/client/meter-queries.ts";
import { Dialog } from "./dialog.tsx";
import { Field, FormFoot } from "./form-parts.tsx";
import { numberOf } from "./meter-draft.ts";
import type { MeterLook } from "./meter-look.ts";
import { momentOf } from "./replacement-dialog.tsx";
import { useRenewMeters } from "./use-meter-say.ts";

const THINK_MS = 350;

/** What somebody read off the dial: looked at while it is typed, kept when told. */
export function NewReadingDialog({ look, onClose }: { look: MeterLook; onClose: () => void }) {
  const { meter, clock } = look;
  const nowMs = useNow(60_000);
  const renew = useRenewMeters();
  const [at, setAt] = useState(() => momentOf(clock.wallMs(nowMs)));
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  // The same press twice, or on a bad connection, is one reading.
  const key = useId();
  const [made] = useState(() => `${key}-${nowMs}`);
  const value = numberOf(text);
  const path = meterPath(meter.id, "readings");
  const preview = useMutation({
    mutationFn: (body: object) => sendJson<ReadingSaidAnswer>("POST", path, { ...body, dryRun: true }),
  });
  const keep = useMutation({
    mutationFn: (body: object) => sendJson<ReadingSaidAnswer>("POST", path, body),
    onSuccess: async () => {
      await renew();
      onClose();
    },
  });
  const { mutate: ask, reset } = preview;
  useEffect(() => {
    reset();
    if (value === undefined || at === "") return;
    const timer = setTimeout(() => ask({ at, value }), THINK_MS);
    return () => clearTimeout(timer);
  }, [value, at, ask, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== undefined && at !== "") keep.mutate({ at, value, note, key: made });
  };
  const said = preview.data;
  return (
    <Dialog title={`Reading of ${meter.name}`} onClose={onClose}>
      <form className="util-form" onSubmit={submit}>
        <Field
          label={`It shows, ${meter.unit}`}
          kind="number"
          value={text}
          onChange={setText}
          focus
          error={text.trim() !== "" && value === undefined ? "Write a number" : undefined}
        />
        <Field label="At" kind="moment" value={at} onChange={setAt} required />
        <div className="wide">
          <Field label="Note" value={note} onChange={setNote} hint="may stay empty" />
        </div>
        <p className="wide util-verdict" data-verdict={said?.verdict} aria-live="polite">
          {said === undefined
            ? (preview.error?.message ?? "What is expected is said here while you type.")
            : `${SIGNS[said.verdict]} ${said.sentence}`}
        </p>
        <FormFoot label="Keep it" busy={keep.isPending} error={keep.error} onCancel={onClose} disabled={value === undefined || at === ""} />
      </form>
    </Dialog>
  );
}

const SIGNS = { plausible: "✓", unusual: "◷", implausible: "✕", falls: "✕", known: "✓" } as const;
