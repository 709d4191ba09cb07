import { Button, Modal, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { AnomalyInfo } from "#contract/anomalies.ts";
import { useDismissing } from "./use-dismissing.ts";
import { REASONS } from "./words.ts";

interface DismissDialogProps {
  /** Undefined while nothing is asked. */
  readonly anomaly: AnomalyInfo | undefined;
  readonly about: string;
  readonly onClose: () => void;
}

/** Asks why a finding is put aside: whoever looks next year wants to know. */
export function DismissDialog({ anomaly, about, onClose }: DismissDialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  return (
    <Modal
      opened={anomaly !== undefined}
      onClose={onClose}
      title={`Dismiss: ${about}`}
      size={460}
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      {anomaly !== undefined && <DismissForm anomaly={anomaly} onDone={onClose} />}
    </Modal>
  );
}

function DismissForm({ anomaly, onDone }: { anomaly: AnomalyInfo; onDone: () => void }) {
  const [why, setWhy] = useState("");
  const { dismiss } = useDismissing();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why.trim() !== "") dismiss.mutate({ anomaly, why: why.trim() }, { onSuccess: onDone });
  };
  return (
    <form className="anomaly-form" onSubmit={submit}>
      <p className="muted">{anomaly.sentence}</p>
      <fieldset className="chips" aria-label="Usual reasons">
        {REASONS.map((reason) => (
          <button key={reason} type="button" className="chip" aria-pressed={why === reason} onClick={() => setWhy(reason)}>
            {reason}
          </button>
        ))}
      </fieldset>
      <TextInput
        label="Why it is nothing"
        value={why}
        maxLength={500}
        data-autofocus
        error={dismiss.error?.message}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <div className="anomaly-form-acts">
        <Button type="submit" size="xs" disabled={why.trim() === ""} loading={dismiss.isPending}>
          Dismiss
        </Button>
        <Button variant="default" size="xs" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
