import "./table.css";
import { countText } from "./format-number.ts";
import { Icon } from "./icon.tsx";

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly size: number;
  /** Rows of all pages. */
  readonly rows: number;
  readonly noun: string;
  readonly onPage: (page: number) => void;
}

/** "101 to 200 of 2,880", and the way to the pages before and after. Nothing where one page holds all. */
export function TablePages({ page, pages, size, rows, noun, onPage }: PagesProps) {
  if (pages <= 1) return null;
  const first = (page - 1) * size + 1;
  return (
    <nav className="pages" aria-label="Pages of the table">
      <span>
        {countText(first)} to {countText(Math.min(rows, first + size - 1))} of {countText(rows)} {noun}
      </span>
      <span className="pages-buttons">
        <PageButton label="First page" text="First" to={1} page={page} pages={pages} onPage={onPage} />
        <button type="button" className="ctl" disabled={page <= 1} aria-label="Page before" onClick={() => onPage(page - 1)}>
          <Icon name="left" />
        </button>
        <span className="num pages-number">
          {countText(page)} of {countText(pages)}
        </span>
        <button type="button" className="ctl" disabled={page >= pages} aria-label="Next page" onClick={() => onPage(page + 1)}>
          <Icon name="right" />
        </button>
        <PageButton label="Last page" text="Last" to={pages} page={page} pages={pages} onPage={onPage} />
      </span>
    </nav>
  );
}

function PageButton(props: { label: string; text: string; to: number; page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <button
      type="button"
      className="ctl quiet"
      aria-label={props.label}
      disabled={props.page === props.to}
      onClick={() => props.onPage(props.to)}
    >
      {props.text}
    </button>
  );
}
