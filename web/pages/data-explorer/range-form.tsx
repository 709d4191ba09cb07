import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { type RangeFault, rangeFault } from "#web/client/range.ts";
import { FAULT_WORDS } from "./explorer-search.ts";

interface RangeFormProps {
  readonly clock: ZoneClock;
  readonly fromMs: number;
  readonly toMs: number;
  /** What was wrong with the address already. */
  readonly fault: RangeFault | undefined;
  readonly onSpan: (fromMs: number, toMs: number) => void;
}

/** Two ends on the plant's own clock. */
export function RangeForm({ clock, fromMs, toMs, fault, onSpan }: RangeFormProps) {
  const [from, setFrom] = useState(() => wallText(fromMs, clock));
  const [to, setTo] = useState(() => wallText(toMs, clock));
  const [wrong, setWrong] = useState<RangeFault | undefined>(fault);
  const show = (event: FormEvent) => {
    event.preventDefault();
    const found = rangeFault(from || undefined, to || undefined) ?? (from === "" ? "half" : undefined);
    setWrong(found);
    if (found === undefined) onSpan(instantOf(from, clock), instantOf(to, clock));
  };
  return (
    <form className="range-form" onSubmit={show}>
      <TextInput
        type="datetime-local"
        size="xs"
        label="From"
        value={from}
        aria-invalid={wrong !== undefined}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        size="xs"
        label="To"
        value={to}
        aria-invalid={wrong !== undefined}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" size="xs">
        Show
      </Button>
      <span className="faint range-zone">{clock.zone}</span>
      {wrong !== undefined && (
        <p className="bad range-wrong" role="alert">
          ✕ {FAULT_WORDS[wrong]}
        </p>
      )}
    </form>
  );
}

/** "2026-03-05T10:15" on the plant's wall. */
function wallText(tMs: number, clock: ZoneClock): string {
  return new Date(clock.wallMs(tMs)).toISOString().slice(0, 16);
}

function instantOf(wall: string, clock: ZoneClock): number {
  return clock.instantMs(Date.parse(`${wall}Z`));
}
