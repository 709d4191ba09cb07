import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNow } from "#web/client/live.tsx";
import type { HomeLook } from "./home-look.ts";
import { rateText } from "./money.ts";
import { useSay } from "./use-say.ts";
import { dateWords, decimalOf } from "./words.ts";

interface FormProps {
  readonly look: HomeLook;
  readonly onDone: () => void;
}

const NO_NUMBER = "Write a number like 0.3102";

/** A price from a day on. */
export function PriceForm({ look, onDone }: FormProps) {
  const { home } = look;
  const last = home.prices.at(-1);
  const [fromDate, setFromDate] = useState(useToday(look));
  const [perKwh, setPerKwh] = useState(last?.perKwh ?? "");
  const [baseFee, setBaseFee] = useState(last?.baseFeePerMonth ?? "0");
  const [feedIn, setFeedIn] = useState(last?.feedInPerKwh ?? "");
  const { say } = useSay(home.id);
  const rate = decimalOf(perKwh);
  const fee = decimalOf(baseFee.trim() === "" ? "0" : baseFee);
  const earned = feedIn.trim() === "" ? null : decimalOf(feedIn);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rate === undefined || fee === undefined || earned === undefined || fromDate === "") return;
    say.mutate(
      {
        path: "prices",
        body: { fromDate, perKwh: rate, baseFeePerMonth: fee, feedInPerKwh: earned },
        title: `${rateText(rate, home.currency)} per kWh from ${dateWords(fromDate)}`,
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form className="home-form" onSubmit={submit}>
      <DateInput value={fromDate} onChange={setFromDate} />
      <AmountInput label={`Per kWh, ${home.currency}`} value={perKwh} onChange={setPerKwh} wrong={rate === undefined} />
      <AmountInput label={`Base fee a month, ${home.currency}`} value={baseFee} onChange={setBaseFee} wrong={fee === undefined} />
      {home.hasSold && (
        <AmountInput label={`A sold kWh earns, ${home.currency}`} value={feedIn} onChange={setFeedIn} wrong={earned === undefined} />
      )}
      <FormFoot busy={say.isPending} error={say.error} onCancel={onDone} label="Set price" />
    </form>
  );
}

/** What is paid in advance each month, from a day on. */
export function InstalmentForm({ look, onDone }: FormProps) {
  const { home } = look;
  const [fromDate, setFromDate] = useState(useToday(look));
  const [text, setText] = useState(home.instalments.at(-1)?.amount ?? "");
  const { say } = useSay(home.id);
  const amount = decimalOf(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount === undefined || fromDate === "") return;
    say.mutate(
      { path: "instalments", body: { fromDate, amount }, title: `${rateText(amount, home.currency)} a month from ${dateWords(fromDate)}` },
      { onSuccess: onDone },
    );
  };
  return (
    <form className="home-form" onSubmit={submit}>
      <DateInput value={fromDate} onChange={setFromDate} />
      <AmountInput label={`Paid each month, ${home.currency}`} value={text} onChange={setText} wrong={amount === undefined} />
      <FormFoot busy={say.isPending} error={say.error} onCancel={onDone} label="Set instalment" />
    </form>
  );
}

/** Today's date on the home's wall. */
function useToday({ clock }: HomeLook): string {
  return new Date(clock.wallMs(useNow(60_000))).toISOString().slice(0, 10);
}

interface InputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function DateInput({ value, onChange }: InputProps) {
  return (
    <TextInput
      label="From"
      type="date"
      size="xs"
      required
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function AmountInput({ label, value, onChange, wrong }: InputProps & { readonly label: string; readonly wrong: boolean }) {
  return (
    <TextInput
      label={label}
      size="xs"
      inputMode="decimal"
      value={value}
      error={wrong && value.trim() !== "" ? NO_NUMBER : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FootProps {
  readonly busy: boolean;
  readonly error: Error | null;
  readonly label: string;
  readonly onCancel: () => void;
}

function FormFoot({ busy, error, label, onCancel }: FootProps) {
  return (
    <div className="home-form-foot">
      <Button type="submit" size="xs" loading={busy}>
        {label}
      </Button>
      <Button variant="default" size="xs" onClick={onCancel}>
        Cancel
      </Button>
      {error && (
        <p className="bad" role="alert">
          ✕ {error.message}
        </p>
      )}
    </div>
  );
}
