import { type FormEvent, useState } from "react";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { rateText } from "#web/pages/home/money.ts";
import { decimalOf } from "#web/pages/home/words.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { dateText } from "./date-text.ts";
import { Field, FormFoot } from "./form-parts.tsx";
import type { MeterLook } from "./meter-look.ts";
import { useMeterSay } from "./use-meter-say.ts";
import { perUnitText } from "./words.ts";

/** What a unit costs: dated, the newest first. What the file says stays with the file. */
export function PriceCard({ look }: { look: MeterLook }) {
  const { meter } = look;
  const may = useMay("billing");
  const { takeBack } = useMeterSay(meter.id);
  const [adding, setAdding] = useState(false);
  const newest = meter.prices.at(-1);
  return (
    <Card
      title="Price"
      id="prices"
      note={newest === undefined ? undefined : `${rateText(newest.perUnit, meter.currency)} ${perUnitText(meter.unit)}`}
    >
      {meter.prices.length === 0 && <EmptyState sentence="No price yet: what it used is counted, but not what it cost." />}
      {meter.prices.length > 0 && (
        <table className="stack">
          <thead>
            <tr>
              <th>From</th>
              <th className="n">{perUnitText(meter.unit)}</th>
              <th className="n">Base fee a month</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {meter.prices.toReversed().map((price) => (
              <tr key={`${price.fromDate} ${price.factId}`}>
                <td className="nowrap">{dateText(price.fromDate)}</td>
                <td className="n" data-label={perUnitText(meter.unit)}>
                  {rateText(price.perUnit, meter.currency)}
                </td>
                <td className="n" data-label="Base fee a month">
                  {Number(price.baseFeePerMonth) > 0 ? moneyText(price.baseFeePerMonth, meter.currency) : "none"}
                </td>
                <td className="n">
                  {price.from === "file" ? (
                    <span className="faint">the file</span>
                  ) : (
                    may &&
                    price.factId !== null && (
                      <button
                        type="button"
                        className="link"
                        disabled={takeBack.isPending}
                        onClick={() => takeBack.mutate(price.factId ?? 0)}
                      >
                        Take back
                      </button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may && !adding && (
        <p className="meter-more">
          <button type="button" className="ctl" onClick={() => setAdding(true)}>
            New price
          </button>
        </p>
      )}
      {adding && <PriceForm look={look} onDone={() => setAdding(false)} />}
    </Card>
  );
}

function PriceForm({ look: { meter, clock }, onDone }: { look: MeterLook; onDone: () => void }) {
  const nowMs = useNow(60_000);
  const last = meter.prices.at(-1);
  const [fromDate, setFromDate] = useState(() => new Date(clock.wallMs(nowMs)).toISOString().slice(0, 10));
  const [perUnit, setPerUnit] = useState(last?.perUnit ?? "");
  const [fee, setFee] = useState(last?.baseFeePerMonth ?? "0");
  const { say } = useMeterSay(meter.id);
  const rate = decimalOf(perUnit);
  const base = decimalOf(fee.trim() === "" ? "0" : fee);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rate === undefined || base === undefined || fromDate === "") return;
    say.mutate(
      {
        path: "prices",
        body: { fromDate, perUnit: rate, baseFeePerMonth: base },
        title: `${rateText(rate, meter.currency)} ${perUnitText(meter.unit)} from ${dateText(fromDate)}`,
      },
      { onSuccess: onDone },
    );
  };
  const wrong = (text: string, value: string | undefined) =>
    text.trim() !== "" && value === undefined ? "Write a number like 0.3102" : undefined;
  return (
    <form className="util-form meter-price-form" onSubmit={submit}>
      <Field label="From" kind="date" value={fromDate} onChange={setFromDate} required />
      <Field
        label={`${meter.currency} ${perUnitText(meter.unit)}`}
        kind="number"
        value={perUnit}
        onChange={setPerUnit}
        error={wrong(perUnit, rate)}
      />
      <Field label={`Base fee a month, ${meter.currency}`} kind="number" value={fee} onChange={setFee} error={wrong(fee, base)} />
      <FormFoot
        label="Set price"
        busy={say.isPending}
        error={say.error}
        onCancel={onDone}
        disabled={rate === undefined || base === undefined}
      />
    </form>
  );
}
