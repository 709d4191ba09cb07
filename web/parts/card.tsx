import type { ReactNode } from "react";

interface CardProps {
  readonly title: string;
  /** One line at the right of the head. */
  readonly note?: ReactNode;
  /** Anchor for links within the page. */
  readonly id?: string;
  readonly children: ReactNode;
}

/** White box with a title and one note. Cards never stand inside cards. */
export function Card({ title, note, id, children }: CardProps) {
  return (
    <section className="card" id={id} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note !== undefined && <div className="note">{note}</div>}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}

/** Numbers side by side in one card with dividers, instead of six cards. */
export function Strip({ items }: { items: readonly { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="card strip">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd className="num">{item.value}</dd>
          {item.note !== undefined && <dd className="note">{item.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** The first lines of a page: one sentence that answers, then where it comes from. */
export function Answer({ sentence, evidence, children }: { sentence: string; evidence: readonly ReactNode[]; children?: ReactNode }) {
  return (
    <div className="head">
      <div className="answer">
        <h1>{sentence}</h1>
        <p>
          {evidence.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the line is short, fixed in order and has no state
            <span key={index}>{item}</span>
          ))}
        </p>
      </div>
      {children !== undefined && <div className="tools">{children}</div>}
    </div>
  );
}
