import { lazy, Suspense, useState } from "react";
import type { HomeInstalment, HomePrice } from "#contract/home.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { EmptyState } from "#web/parts/states.tsx";
import type { HomeLook } from "./home-look.ts";
import { rateText } from "./money.ts";
import { useSay } from "./use-say.ts";
import { dateWords } from "./words.ts";

// Who only looks needs no form.
const PriceForm = lazy(async () => ({ default: (await import("./price-form.tsx")).PriceForm }));
const InstalmentForm = lazy(async () => ({ default: (await import("./price-form.tsx")).InstalmentForm }));

const FROM_WORDS = {
  file: "from the file",
  page: "said on this page",
  default: "assumed until a price is set",
  tariff: "from the tariff",
} as const;

/** What a kWh costs and what is paid in advance: dated, the newest first. What the file says stays with the file. */
export function PriceCard({ look }: { look: HomeLook }) {
  const { home } = look;
  const may = useMay("billing");
  const [form, setForm] = useState<"price" | "instalment">();
  const close = () => setForm(undefined);
  return (
    <Card
      title="Price"
      note={home.prices.at(-1) === undefined ? undefined : currentWords(home.prices.at(-1), home.currency)}
      id="home-price"
    >
      {home.prices.length === 0 ? (
        <EmptyState sentence="No price yet: energy is counted, but what it costs is not known." />
      ) : (
        <PriceTable look={look} may={may} />
      )}
      {home.instalments.length > 0 && <InstalmentTable look={look} may={may} />}
      {may && form === undefined && (
        <div className="home-actions">
          <button type="button" className="ctl" onClick={() => setForm("price")}>
            New price
          </button>
          <button type="button" className="ctl" onClick={() => setForm("instalment")}>
            New instalment
          </button>
        </div>
      )}
      <Suspense>
        {form === "price" && <PriceForm look={look} onDone={close} />}
        {form === "instalment" && <InstalmentForm look={look} onDone={close} />}
      </Suspense>
    </Card>
  );
}

const currentWords = (price: HomePrice | undefined, currency: string): string =>
  price === undefined ? "" : `${rateText(price.perKwh, currency)} per kWh`;

function PriceTable({ look: { home }, may }: { look: HomeLook; may: boolean }) {
  const feedIn = home.hasSold || home.prices.some((price) => price.feedInPerKwh !== null);
  return (
    <table className="stack">
      <thead>
        <tr>
          <th>From</th>
          <th className="n">Per kWh</th>
          <th className="n">Base fee</th>
          {feedIn && <th className="n">Sold kWh earns</th>}
          <th>Where it stands</th>
        </tr>
      </thead>
      <tbody>
        {home.prices.toReversed().map((price) => (
          <tr key={`${price.fromDate} ${price.from} ${price.factId}`}>
            <td className="nowrap">{price.from === "default" ? "always" : dateWords(price.fromDate)}</td>
            <td className="n" data-label="Per kWh">
              {rateText(price.perKwh, home.currency)}
            </td>
            <td className="n" data-label="Base fee">
              {Number(price.baseFeePerMonth) > 0 ? `${moneyText(price.baseFeePerMonth, home.currency)} a month` : "none"}
            </td>
            {feedIn && (
              <td className="n" data-label="Sold kWh earns">
                {price.feedInPerKwh === null ? "nothing" : rateText(price.feedInPerKwh, home.currency)}
              </td>
            )}
            <td>
              <Said row={price} home={home.id} may={may} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function InstalmentTable({ look: { home }, may }: { look: HomeLook; may: boolean }) {
  return (
    <table className="stack home-instalments">
      <thead>
        <tr>
          <th>From</th>
          <th className="n">Paid in advance</th>
          <th>Where it stands</th>
        </tr>
      </thead>
      <tbody>
        {home.instalments.toReversed().map((row) => (
          <tr key={`${row.fromDate} ${row.from} ${row.factId}`}>
            <td className="nowrap">{dateWords(row.fromDate)}</td>
            <td className="n" data-label="Paid in advance">
              {moneyText(row.amount, home.currency)} a month
            </td>
            <td>
              <Said row={row} home={home.id} may={may} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where a row was said; one of the page can be taken back. */
function Said({ row, home, may }: { row: HomePrice | HomeInstalment; home: string; may: boolean }) {
  const { takeBack } = useSay(home);
  const { factId } = row;
  return (
    <span className="home-said">
      <span className="faint">{FROM_WORDS[row.from]}</span>
      {may && factId !== null && (
        <button type="button" className="link" disabled={takeBack.isPending} onClick={() => takeBack.mutate(factId)}>
          Take back
        </button>
      )}
    </span>
  );
}
