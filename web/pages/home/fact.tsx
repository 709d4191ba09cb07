import type { ReactNode } from "react";

interface FactProps {
  readonly label: string;
  readonly value: string;
  /** Set smaller, behind the value. */
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly big?: boolean;
  readonly tone?: "good" | "warn" | undefined;
}

/** One number of a side column: what it is, how much, and a word about it. */
export function Fact({ label, value, unit, note, big = false, tone }: FactProps) {
  return (
    <div className={big ? "home-fact big" : "home-fact"}>
      <dt>{label}</dt>
      <dd className={tone === undefined ? "num" : `num ${tone}`}>
        {value}
        {unit !== undefined && <i>{`\u00a0${unit}`}</i>}
      </dd>
      {note !== undefined && <dd className="home-fact-note">{note}</dd>}
    </div>
  );
}

/** "4.862" and "kWh", apart; "—" alone where it is not known. */
export function parted(text: string): { readonly value: string; readonly unit?: string } {
  const [value = text, unit] = text.split("\u00a0");
  return unit === undefined ? { value } : { value, unit };
}
