import { type FormEvent, useState } from "react";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import { useMay } from "#web/client/role.ts";
import { numberText } from "#web/parts/format-number.ts";
import { Seg } from "#web/parts/seg.tsx";
import { dateText } from "./date-text.ts";
import { Dialog } from "./dialog.tsx";
import { Field, FormFoot } from "./form-parts.tsx";
import { numberOf } from "./meter-draft.ts";
import { useSayGas } from "./use-say-gas.ts";

/** What a cubic metre of gas holds, as the bill says it: dated, for all meters of the site. */
export function GasRows({ meter }: { meter: MeterDetailAnswer }) {
  const may = useMay("operator");
  const [adding, setAdding] = useState(false);
  if (meter.medium !== "gas") return null;
  return (
    <div className="meter-gas">
      <p className="faint">Energy in a cubic metre</p>
      {meter.gas.length === 0 && <p>Not said: m³ cannot be told in kWh. The gas bill names both values.</p>}
      <ul>
        {meter.gas.map((row) => (
          <li key={row.fromDate ?? "always"}>
            {row.fromDate === null ? "from the beginning" : `from ${dateText(row.fromDate)}`}: {exact(row.calorificKwhPerM3)} ×{" "}
            {exact(row.zFactor)} = {exact(row.kwhPerM3, "kWh/m³")}, {row.basis}
          </li>
        ))}
      </ul>
      {may && (
        <button type="button" className="link" onClick={() => setAdding(true)}>
          New values
        </button>
      )}
      {adding && <GasDialog meter={meter} onClose={() => setAdding(false)} />}
    </div>
  );
}

const exact = (value: number, unit = ""): string => numberText(value, { unit, exact: true });

const BASES = [
  { value: "gross", label: "Gross, as billed" },
  { value: "net", label: "Net" },
] as const;

function GasDialog({ meter, onClose }: { meter: MeterDetailAnswer; onClose: () => void }) {
  const last = meter.gas.at(-1);
  const [fromDate, setFromDate] = useState("");
  const [calorific, setCalorific] = useState(last === undefined ? "" : String(last.calorificKwhPerM3));
  const [factor, setFactor] = useState(last === undefined ? "" : String(last.zFactor));
  const [basis, setBasis] = useState<"gross" | "net">(last?.basis ?? "gross");
  const say = useSayGas();
  const [calorificKwhPerM3, zFactor] = [numberOf(calorific), numberOf(factor)];
  const ready = calorificKwhPerM3 !== undefined && zFactor !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    say.mutate(
      { site: meter.site, fromDate: fromDate === "" ? null : fromDate, calorificKwhPerM3, zFactor, basis },
      { onSuccess: onClose },
    );
  };
  const wrong = (text: string, value: number | undefined) =>
    text.trim() !== "" && value === undefined ? "Write a number like 11.504" : undefined;
  return (
    <Dialog title="Energy in a cubic metre of gas" onClose={onClose}>
      <p className="util-dialog-words">Both values stand on the gas bill. They hold for every gas meter of the site, from a date on.</p>
      <form className="util-form" onSubmit={submit}>
        <Field
          label="Calorific value, kWh/m³"
          kind="number"
          value={calorific}
          onChange={setCalorific}
          focus
          error={wrong(calorific, calorificKwhPerM3)}
        />
        <Field label="z-factor" kind="number" value={factor} onChange={setFactor} error={wrong(factor, zFactor)} />
        <Field label="From, empty for the beginning" kind="date" value={fromDate} onChange={setFromDate} />
        <div className="util-field">
          <span className="util-label">The calorific value is</span>
          <Seg label="The calorific value is" value={basis} options={BASES} onChange={setBasis} />
        </div>
        <p className="wide faint">{ready && `A cubic metre is ${exact(Number((calorificKwhPerM3 * zFactor).toFixed(6)), "kWh")}.`}</p>
        <FormFoot label="Set values" busy={say.isPending} error={say.error} onCancel={onClose} disabled={!ready} />
      </form>
    </Dialog>
  );
}
