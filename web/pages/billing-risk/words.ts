import type { PlantInfo } from "#contract/plant.ts";
import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { demandText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { namedDate } from "#web/pages/plant/words.ts";
import { moneyText } from "#web/parts/money-text.ts";

/** "This period is billed at 408.0 kW, as metered; $13,449.45 so far." */
export function billSentence(row: BillRow, answer: BillsAnswer, { plant }: Pick<PlantLook, "plant">): string {
  const which = row.period.open ? "This period" : `The period from ${namedDate(row.period.name)}`;
  const verb = row.period.open ? "is" : "was";
  const money = row.total === null ? "" : `; ${moneyText(row.total, answer.currency)}${row.period.open ? " so far" : ""}`;
  if (row.billedKw === null) {
    const metered = row.meteredKw === null ? "has no demand yet" : `metered ${demandText(row.meteredKw, plant)}`;
    return `${which} ${metered}${money}.`;
  }
  return `${which} ${verb} billed at ${demandText(row.billedKw, plant)}, ${reasonWords(row, answer, plant)}${money}.`;
}

function reasonWords(row: BillRow, answer: BillsAnswer, plant: Pick<PlantInfo, "pulseKw">): string {
  if (row.rule === "metered") return "as metered";
  if (row.rule === "minimum") return `the plan's minimum; metered were ${demandText(row.meteredKw, plant)}`;
  if (row.rule === "none") return "which nothing charges";
  const cost = row.ratchetCost === null ? "" : `, which costs ${moneyText(row.ratchetCost, answer.currency)}`;
  return `held up by the period from ${namedDate(row.ratchetFrom)}${cost}`;
}

/** How the periods were made: "Billing periods from the anchor 24 Jan 2025". */
export function basisWords(answer: BillsAnswer, plant: Pick<PlantInfo, "anchor">): string {
  if (answer.basis === "calendar") return "Calendar months, as an estimate; the utility bills by its own read dates";
  if (answer.periods === "anchored") return `Billing periods from the anchor ${namedDate(answer.anchor ?? plant.anchor)}`;
  if (answer.periods === "listed") return "Billing periods from the listed read dates; the next one is predicted";
  return "No anchor is set: billing periods are calendar months";
}
