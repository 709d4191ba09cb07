import type { CheckBillBody } from "#contract/plant-bills.ts";

/** A bill as a person types it. */
export interface CheckForm {
  readonly from: string;
  readonly to: string;
  readonly energyKwh: string;
  readonly billedKw: string;
  readonly total: string;
}

export type CheckFaults = Partial<Record<keyof CheckForm, string>>;

/** What is sent, or what is wrong with each field; nothing is guessed from what cannot be read. */
export function checkBody(form: CheckForm): { readonly body?: CheckBillBody; readonly faults: CheckFaults } {
  const faults: CheckFaults = {};
  for (const name of ["from", "to"] as const) if (!/^\d{4}-\d{2}-\d{2}$/.test(form[name])) faults[name] = "A date, as on the bill";
  if (faults.from === undefined && faults.to === undefined && form.to <= form.from) faults.to = "Must be later than the first day";
  const typed = { energyKwh: decimalOf(form.energyKwh), billedKw: decimalOf(form.billedKw), total: decimalOf(form.total) };
  for (const name of ["energyKwh", "billedKw", "total"] as const) {
    if (typed[name] === "wrong") faults[name] = "A number, such as 13449.45";
  }
  const { energyKwh, billedKw, total } = typed;
  if (energyKwh === undefined && billedKw === undefined && total === undefined) faults.total = "Type at least one of the three";
  if (Object.keys(faults).length > 0) return { faults };
  return {
    faults,
    body: {
      from: form.from,
      to: form.to,
      ...(energyKwh === undefined ? {} : { energyKwh: Number(energyKwh) }),
      ...(billedKw === undefined ? {} : { billedKw: Number(billedKw) }),
      ...(total === undefined ? {} : { total }),
    },
  };
}

/** "13,449.45", "13 449,45", "$13449.45": a decimal as people copy it from paper. Missing: undefined where nothing is typed. */
export function decimalOf(text: string): string | "wrong" | undefined {
  const bare = text.replace(/[\s\u00a0\u202f$€£]/g, "");
  if (bare === "") return undefined;
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)
    ? bare.replaceAll(",", "")
    : /^\d{1,3}(\.\d{3})+,\d+$/.test(bare)
      ? bare.replaceAll(".", "").replace(",", ".")
      : /^\d+,\d{1,2}$/.test(bare)
        ? bare.replace(",", ".")
        : bare;
  return /^\d+(\.\d+)?$/.test(plain) ? plain : "wrong";
}
