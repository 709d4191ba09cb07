import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { BillRow, CheckBillAnswer, CheckBillBody } from "#contract/plant-bills.ts";
import { sendJson } from "#web/client/fetch.ts";
import { plantPath } from "#web/client/plant-queries.ts";
import { quantityText } from "#web/pages/plant/bill-lines.tsx";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { type CheckFaults, type CheckForm, checkBody } from "./check-form.ts";

/** A real bill, as it is printed, against ours: which line differs, and what may be the reason. */
export function CheckCard({ look, row }: { look: PlantLook; row: BillRow }) {
  const { plant } = look;
  const [form, setForm] = useState<CheckForm>({
    from: row.period.name,
    to: row.period.toLocal.slice(0, 10),
    energyKwh: "",
    billedKw: "",
    total: "",
  });
  const [faults, setFaults] = useState<CheckFaults>({});
  const check = useMutation({
    mutationFn: (body: CheckBillBody) => sendJson<CheckBillAnswer>("POST", plantPath(plant.id, "check-bill"), body),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = checkBody(form);
    setFaults(read.faults);
    if (read.body) check.mutate(read.body);
  };
  const field = (name: keyof CheckForm, label: string, type: "date" | "text") => (
    <TextInput
      label={label}
      type={type}
      size="xs"
      value={form[name]}
      error={faults[name]}
      inputMode={type === "text" ? "decimal" : undefined}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
    />
  );
  return (
    <Card title="Check this bill" note="what you leave out is not compared">
      <form className="check" onSubmit={submit}>
        {field("from", "Service from", "date")}
        {field("to", "Service to", "date")}
        {field("energyKwh", "Energy, kWh", "text")}
        {field("billedKw", "Billing demand, kW", "text")}
        {field("total", `Total, ${plant.currency}`, "text")}
        <Button type="submit" size="xs" variant="filled" loading={check.isPending}>
          Compare
        </Button>
      </form>
      {check.error && <ErrorState error={check.error} retry={() => check.variables && check.mutate(check.variables)} />}
      {check.data && <Compared answer={check.data} />}
    </Card>
  );
}

function Compared({ answer }: { answer: CheckBillAnswer }) {
  const { compared, findings, agrees, bill } = answer;
  return (
    <div className="compared" role="status">
      <p className={agrees ? "good" : "warn"}>
        <b>{agrees ? "✓ The bill agrees with ours." : "! The bill differs from ours."}</b>
      </p>
      <table>
        <thead>
          <tr>
            <th>What</th>
            <th className="n">Theirs</th>
            <th className="n">Ours</th>
            <th className="n">Difference</th>
          </tr>
        </thead>
        <tbody>
          {compared.map((one) => (
            <tr key={one.what}>
              <td>
                {capital(one.what)}{" "}
                {one.agrees ? (
                  <span className="good" title="agrees">
                    ✓
                  </span>
                ) : (
                  <span className="warn" title="differs">
                    !
                  </span>
                )}
              </td>
              {[one.theirs, one.ours, one.difference].map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns, always the same
                <td className="n" key={index}>
                  {amountText(text, one.unit, bill.currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="bill-notes">
        {[...findings, ...bill.remarks].map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
    </div>
  );
}

function amountText(text: string, unit: string, currency: string): string {
  return unit === currency ? moneyText(text, currency) : `${quantityText(text)}\u00a0${unit}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
