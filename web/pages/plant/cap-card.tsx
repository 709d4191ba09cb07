import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type CSSProperties, useState } from "react";
import type { CapAnswer } from "#contract/plant-bills.ts";
import { Card } from "#web/parts/card.tsx";
import { countedIntervals } from "#web/parts/interval-words.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { CardState } from "./card-state.tsx";
import { DemandNumber } from "./figure-text.tsx";
import { demandText, energyText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { capQuery } from "./plant-queries.ts";

interface CapCardProps {
  readonly look: PlantLook;
  readonly period: string;
  /** The highest demand there is to cut, and where cutting begins to save. */
  readonly around: { readonly highestKw: number | null; readonly meteredKw: number | null };
}

/** What keeping every interval of a period at or below a demand would have taken, and saved. */
export function CapCard({ look, period, around }: CapCardProps) {
  const { plant } = look;
  const step = plant.pulseKw ?? 1;
  const highest = Math.ceil((around.highestKw ?? around.meteredKw ?? 0) / step) * step;
  const [chosen, setChosen] = useState<number>();
  const kw = chosen ?? Math.max(step, Math.round((highest * 0.94) / step) * step);
  const [asked] = useDebouncedValue(kw, 140);
  const query = useQuery({ ...capQuery(plant.id, period, asked), enabled: highest > 0 });
  if (highest <= 0) return null;
  const least = Math.max(step, Math.round((highest * 0.5) / step) * step);
  return (
    <Card title="Cap at" note={query.data && heldWords(query.data, look)}>
      <div className="cap">
        <output className="num">
          <DemandNumber kw={kw} plant={plant} />
        </output>
        <input
          type="range"
          aria-label="Cap in kW"
          aria-valuetext={demandText(kw, plant)}
          min={least}
          max={highest}
          step={step}
          value={kw}
          style={{ "--at": `${((kw - least) / Math.max(1e-9, highest - least)) * 100}%` } as CSSProperties}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
      </div>
      <CardState query={query} height={54}>
        {(cap) => <p className="muted cap-words">{capWords(cap, plant.intervalMinutes, plant.currency)}</p>}
      </CardState>
    </Card>
  );
}

function heldWords(cap: CapAnswer, { plant }: PlantLook): string | undefined {
  return cap.usefulDownToKw === null ? undefined : `saves down to ${demandText(cap.usefulDownToKw, plant)}`;
}

/** "11 quarter-hours, 46.2 kWh to move; saves $368.63 this period." */
export function capWords(cap: CapAnswer, minutes: number, currency: string): string {
  if (cap.intervals.length === 0) return "Nothing of this period was above it: it would have taken nothing, and saved nothing.";
  const taken = `${countedIntervals(cap.intervals.length, minutes)}, ${energyText(cap.moveKwh)} to move`;
  if (cap.savedNow === null) return `${taken}. Without a tariff no money can be named.`;
  const later =
    cap.savedLater === null || Number(cap.savedLater) === 0
      ? ""
      : `, and at least ${moneyText(cap.savedLater, currency)} later, where the ratchet would have remembered`;
  const held = cap.heldBy === "metered" || cap.heldBy === "none" ? "" : `; below that the ${cap.heldBy} holds the bill up`;
  if (Number(cap.savedNow) === 0) return `${taken}; saves nothing this period${held}${later}.`;
  return `${taken}; saves ${moneyText(cap.savedNow, currency)} this period${later}${held}.`;
}
