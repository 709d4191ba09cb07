import { unitSymbol } from "#units/unit.ts";
import type { TableColumns } from "./options.ts";

/** Where the columns of a file stand. Missing: -1. */
export type Layout =
  | {
      readonly kind: "history";
      readonly time: number;
      readonly flags: number;
      readonly status: number;
      readonly value: number;
      readonly unit: string;
    }
  | {
      readonly kind: "table";
      readonly time: number;
      readonly equip: number;
      readonly values: readonly { readonly at: number; readonly name: string; readonly unit: string }[];
    };

const TIME = /^(?:timestamp|times?|date|date ?time)$/i;
const VALUE = /^(?:value|values)\s*(?:\((.*)\))?$/i;
const HEADED = /^(.*?)\s*\(([^()]{1,40})\)$/;

/** The columns that a line of heads names. Missing: undefined where it is no such line. */
export function layoutOf(cells: readonly string[], columns: TableColumns): Layout | undefined {
  const heads = cells.map((cell) => cell.trim());
  return historyLayout(heads) ?? tableLayout(heads, columns);
}

function historyLayout(heads: readonly string[]): Layout | undefined {
  const time = heads.findIndex((head) => TIME.test(head));
  const value = heads.findIndex((head) => VALUE.test(head));
  if (time < 0 || value < 0) return undefined;
  const written = VALUE.exec(heads[value] ?? "")?.[1]?.trim() ?? "";
  return {
    kind: "history",
    time,
    value,
    flags: heads.findIndex((head) => /^trend ?flags$/i.test(head)),
    status: heads.findIndex((head) => /^status$/i.test(head)),
    unit: unitSymbol(written) || written.slice(0, 40),
  };
}

function tableLayout(heads: readonly string[], columns: TableColumns): Layout | undefined {
  const lower = heads.map((head) => head.toLowerCase());
  const time = lower.indexOf(columns.timestamp.toLowerCase());
  const equip = lower.indexOf(columns.equip.toLowerCase());
  if (time < 0 || equip < 0) return undefined;
  const values = heads.flatMap((head, at) => {
    if (at === time || at === equip || head === "") return [];
    const [, name = head, unit = ""] = HEADED.exec(head) ?? [];
    return [{ at, name, unit: unitSymbol(unit) || unit }];
  });
  return values.length === 0 ? undefined : { kind: "table", time, equip, values };
}
