import { Button, Menu, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Icon } from "#web/parts/icon.tsx";

const HOUR_MS = 3_600_000;
const CHOICES = [
  { label: "For an hour", forMs: HOUR_MS },
  { label: "For 8 hours", forMs: 8 * HOUR_MS },
  { label: "For a day", forMs: 24 * HOUR_MS },
] as const;

interface MuteMenuProps {
  readonly name: string;
  readonly nowMs: number;
  readonly muted: boolean;
  readonly onMute: (untilMs: number | null) => void;
}

/** How long nobody shall be told of a rule; what it sees is shown and kept all the same. */
export function MuteMenu({ name, nowMs, muted, onMute }: MuteMenuProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="bottom-end" offset={4} withinPortal>
        <Menu.Target>
          <Button variant="default" size="xs" rightSection={<Icon name="down" />} aria-label={`Mute ${name}`}>
            {muted ? "Muted" : "Mute"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {muted && <Menu.Item onClick={() => onMute(null)}>Tell again</Menu.Item>}
          {CHOICES.map((choice) => (
            <Menu.Item key={choice.label} onClick={() => onMute(nowMs + choice.forMs)}>
              {choice.label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsking(true)}>Until…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Mute “${name}”`}
        size={360}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <UntilForm
          nowMs={nowMs}
          onChoose={(untilMs) => {
            setAsking(false);
            onMute(untilMs);
          }}
        />
      </Modal>
    </>
  );
}

function UntilForm({ nowMs, onChoose }: { nowMs: number; onChoose: (untilMs: number) => void }) {
  const [text, setText] = useState(() => wallText(nowMs + 24 * HOUR_MS));
  const untilMs = new Date(text).getTime();
  const ok = untilMs > nowMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ok) onChoose(untilMs);
  };
  return (
    <form className="alert-form" onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label="Until, by the clock of this device"
        value={text}
        data-autofocus
        error={ok ? undefined : "Choose a time that is still to come."}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={!ok}>
        Mute
      </Button>
    </form>
  );
}

/** An instant as the field for date and time wants it, by the clock of this device. */
function wallText(tMs: number): string {
  const at = new Date(tMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
