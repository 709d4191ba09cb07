import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { MEDIA } from "#contract/names.ts";
import { countText } from "#web/parts/format-number.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import { Swatch } from "#web/parts/swatch.tsx";
import type { Section } from "./live-point.ts";

/** Filters by medium, with counts; pressing the pressed one shows everything again. */
export function Chips({ sections, chosen, look }: { sections: readonly Section[]; chosen: string | undefined; look: number }) {
  const navigate = useNavigate();
  const points = sections.flatMap((section) => section.points);
  const choose = (show: string | undefined) =>
    void navigate({ to: ".", search: (before) => ({ ...before, show: show === chosen ? undefined : show }), replace: true });
  const media = MEDIA.filter((medium) => points.some((point) => point.medium === medium));
  return (
    <fieldset className="chips" aria-label="Show">
      <Chip pressed={chosen === undefined} count={points.length} onPress={() => choose(undefined)}>
        All
      </Chip>
      {media.map((medium) => (
        <Chip
          key={medium}
          pressed={chosen === medium}
          count={points.filter((point) => point.medium === medium).length}
          onPress={() => choose(medium)}
        >
          <Swatch color={MEDIUM_LOOK[medium].color} />
          {MEDIUM_LOOK[medium].label}
        </Chip>
      ))}
      {(look > 0 || chosen === "look") && (
        <Chip pressed={chosen === "look"} count={look} onPress={() => choose("look")}>
          <span className="q suspect">Needs a look</span>
        </Chip>
      )}
    </fieldset>
  );
}

interface ChipProps {
  readonly pressed: boolean;
  readonly count: number;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Chip({ pressed, count, onPress, children }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} onClick={onPress}>
      {children} <b>{countText(count)}</b>
    </button>
  );
}
