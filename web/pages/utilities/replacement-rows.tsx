import { useMay } from "#web/client/role.ts";
import type { MeterLook } from "./meter-look.ts";
import { localText } from "./reading-row.tsx";
import { useMeterSay } from "./use-meter-say.ts";
import { registerText } from "./words.ts";

/** Devices that were changed: when, last and first reading, and the way back for what a page said. */
export function ReplacementRows({ look: { meter } }: { look: MeterLook }) {
  const may = useMay("operator");
  const { takeBack } = useMeterSay(meter.id);
  if (meter.replacements.length === 0) return null;
  const shown = (value: number | null) => (value === null ? "not written down" : registerText(value, meter.unit));
  return (
    <div className="meter-replacements">
      <p className="faint">Replaced</p>
      <ul>
        {meter.replacements.map((one) => (
          <li key={`${one.tMs} ${one.factId}`}>
            {localText(one.tLocal)}: last {shown(one.lastReading)}, then {shown(one.firstReading)}
            {one.serial !== null && `, now No ${one.serial}`}{" "}
            {one.from === "file" ? (
              <span className="faint">the file says so</span>
            ) : (
              may &&
              one.factId !== null && (
                <button type="button" className="link" disabled={takeBack.isPending} onClick={() => takeBack.mutate(one.factId ?? 0)}>
                  Take back
                </button>
              )
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
