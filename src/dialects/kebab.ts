const MAX_LENGTH = 120;

/** A sender's name as an id: `Zählerraum 2` → `zaehlerraum-2`. Letters of other scripts stay. Missing: "" where nothing is left. */
export function kebab(name: string): string {
  const lower = name.slice(0, MAX_LENGTH).toLowerCase();
  return asciiKebab(lower) ?? anyKebab(lower);
}

/** The common case without regular expressions: a name is turned with every message. */
function asciiKebab(lower: string): string | undefined {
  let out = "";
  let start = -1;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code > 127) return undefined;
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      out += out === "" ? lower.slice(start, i) : `-${lower.slice(start, i)}`;
      start = -1;
    }
  }
  if (start < 0) return out;
  return out === "" ? lower.slice(start) : `${out}-${lower.slice(start)}`;
}

const GERMAN: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

function anyKebab(lower: string): string {
  return lower
    .normalize("NFC")
    .replace(/[äöüß]/g, (letter) => GERMAN[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}
