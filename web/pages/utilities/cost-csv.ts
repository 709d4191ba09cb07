import type { YearSite } from "./year-rows.ts";

const HEAD = "site,meter,name,group,medium,unit,currency,month,from,to,consumption,measured,cost";

/** Every month of every meter as rows of a file; what is not known stays empty. */
export function costCsv(sites: readonly YearSite[]): string {
  const lines = sites.flatMap((site) =>
    site.rows.flatMap((row) =>
      row.months.map((month) =>
        [
          site.site,
          row.id,
          row.name,
          row.group,
          row.medium,
          row.unit,
          site.currency,
          month.fromLocal.slice(0, 7),
          month.fromLocal,
          month.toLocal,
          month.amount ?? "",
          month.measured ?? "",
          month.cost ?? "",
        ]
          .map(field)
          .join(","),
      ),
    ),
  );
  return `${[HEAD, ...lines].join("\r\n")}\r\n`;
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets an apostrophe. */
function field(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
