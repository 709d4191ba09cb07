const GROUPS = /^\d{1,3}([.,])\d{3}(?:\1\d{3})+$/;
const MOST_TYPED = 24;

/**
 * A number as people type it: comma or point, spaces and group marks as they like, a minus before it.
 * Missing: undefined for what is no number.
 */
export function readDecimal(text: string): number | undefined {
  const plain = text.trim().replaceAll(/[\s'’]/g, "");
  const [, sign = "", digits = ""] = /^([-−]?)([\d.,]+)$/.exec(plain) ?? [];
  if (digits === "" || digits.length > MOST_TYPED || !/\d/.test(digits)) return undefined;
  const mark = decimalMark(digits);
  const [whole = "", part = "", ...more] = mark === undefined ? [digits] : digits.split(mark);
  if (more.length > 0 || /[.,]/.test(part)) return undefined;
  const value = Number(`${whole.replaceAll(/[.,]/g, "")}.${part}`);
  return sign === "" || value === 0 ? value : -value;
}

/** The last mark parts whole from broken; one that stands several times only parts groups. */
function decimalMark(digits: string): string | undefined {
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  return last < 0 || GROUPS.test(digits) ? undefined : digits[last];
}
