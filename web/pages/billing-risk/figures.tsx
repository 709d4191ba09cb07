import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { DemandNumber, FixedNumber } from "#web/pages/plant/figure-text.tsx";
import { demandText, powerText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { namedDate, RULE_WORDS } from "#web/pages/plant/words.ts";
import { moneyText } from "#web/parts/money-text.ts";

/** One period in six numbers. */
export function billFigures(row: BillRow, { currency }: BillsAnswer, { plant }: PlantLook) {
  const uncertain = row.uncertain;
  return [
    {
      label: "Billing demand",
      value: <DemandNumber kw={row.billedKw} plant={plant} />,
      note: uncertain ? `not certain: ${powerText(uncertain.lowKw, 0.5)} to ${powerText(uncertain.highKw, 0.5)}` : RULE_WORDS[row.rule],
    },
    {
      label: "Metered demand",
      value: <DemandNumber kw={row.meteredKw} plant={plant} />,
      note: `highest ${demandText(row.peakKw, plant)}`,
    },
    {
      label: "Ratchet floor",
      value: <DemandNumber kw={row.ratchetKw} plant={plant} />,
      note: row.ratchetFrom === null ? "no period before holds it" : `from ${namedDate(row.ratchetFrom)}`,
    },
    {
      label: "Demand cost",
      value: moneyText(row.demandCost, currency),
      note:
        row.ratchetCost === null || Number(row.ratchetCost) === 0
          ? "nothing of it by the ratchet"
          : `${moneyText(row.ratchetCost, currency)} of it by the ratchet`,
    },
    {
      label: "Energy cost",
      value: moneyText(row.energyCost, currency),
      note: <FixedNumber value={row.energyKwh} unit="kWh" decimals={0} />,
    },
    {
      label: row.period.open ? "Bill to date" : "Bill",
      value: moneyText(row.total, currency),
      note: row.planName === null ? "no tariff" : `${row.planName}, ${row.planVersion}`,
    },
  ];
}
