import "./table.css";
import { Icon } from "./icon.tsx";

interface SortHeadProps<Column extends string> {
  readonly label: string;
  readonly column: Column;
  /** The order as the address says it: a column, with a minus before it where it is turned. */
  readonly sort: Column | `-${Column}`;
  readonly onSort: (sort: Column | `-${Column}`) => void;
  /** The order the first press gives. */
  readonly first?: "up" | "down";
  readonly number?: boolean;
}

/** Head of a column whose press sorts the table, and whose second press turns the order. */
export function SortHead<Column extends string>({ label, column, sort, onSort, first = "down", number = false }: SortHeadProps<Column>) {
  const up = sort === column;
  const down = sort === `-${column}`;
  const next = up ? `-${column}` : down ? column : first === "up" ? column : `-${column}`;
  return (
    <th className={number ? "n" : undefined} aria-sort={up ? "ascending" : down ? "descending" : "none"}>
      <button type="button" className="sort" data-order={up ? "up" : down ? "down" : undefined} onClick={() => onSort(next as Column)}>
        {label}
        <Icon name="down" />
      </button>
    </th>
  );
}
