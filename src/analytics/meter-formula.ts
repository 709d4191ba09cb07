/** A meter and what it counts in a formula. */
export interface FormulaTerm {
  readonly factor: number;
  readonly meter: string;
}

/** What a formula says, each meter once in the order it is first named, or why nobody can read it and where (from 0). */
export type ReadFormula = { readonly terms: readonly FormulaTerm[] } | { readonly problem: string; readonly position: number };

interface Token {
  readonly kind: "number" | "name" | "operator" | "end";
  readonly text: string;
  readonly position: number;
}

/** A number, and how much of each meter. */
interface Linear {
  readonly constant: number;
  readonly terms: ReadonlyMap<string, number>;
}

class CannotRead extends Error {
  readonly position: number;

  constructor(position: number, sentence: string) {
    super(sentence);
    this.position = position;
  }
}

/** Characters of names and numbers: a minus sign without blanks around it belongs to a name. */
const WORD = /[\p{L}\p{N}_.,-]/u;
const NUMBER = /^(\d+\.?\d*|\.\d+)$/;
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

/**
 * Reads `strom_total - eg_strom - 0.5 * og1_strom`: sums and differences of meters, numbers they are multiplied with or divided by,
 * parentheses. A minus sign between meters needs blanks around it, for names may contain one.
 * Missing: a sentence with the position for what cannot be read, also where meters are multiplied with each other, a number stands
 *          alone, or nothing is left of a meter.
 */
export function parseFormula(text: string): ReadFormula {
  try {
    return { terms: new Parser(tokensOf(text)).terms() };
  } catch (error) {
    if (error instanceof CannotRead) return { problem: error.message, position: error.position };
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const position = at;
    const sign = text[at] as string;
    if (/\s/.test(sign)) at += 1;
    else if ("+-*/()−–".includes(sign)) {
      tokens.push({ kind: "operator", text: sign === "−" || sign === "–" ? "-" : sign, position });
      at += 1;
    } else {
      const word = wordAt(text, at);
      tokens.push(tokenOf(word, position));
      at += Math.max(1, word.length);
    }
  }
  return [...tokens, { kind: "end", text: "", position: text.length }];
}

function wordAt(text: string, from: number): string {
  let word = "";
  for (const sign of text.slice(from)) {
    if (!WORD.test(sign)) break;
    word += sign;
  }
  return word === "" ? (String.fromCodePoint(text.codePointAt(from) as number) as string) : word;
}

function tokenOf(word: string, position: number): Token {
  if (NUMBER.test(word)) return { kind: "number", text: word, position };
  if (/^\d+,\d+$/.test(word)) throw new CannotRead(position, `${at(position)}: write ${word.replace(",", ".")} with a point, not ${word}.`);
  if (NAME.test(word)) return { kind: "name", text: word, position };
  throw new CannotRead(
    position,
    `${at(position)}: “${word}” is neither a number nor the name of a meter. Names have letters, digits, _ and -; between them stand + - * / with blanks around.`,
  );
}

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  terms(): FormulaTerm[] {
    if (this.token.kind === "end")
      throw new CannotRead(0, "The formula is empty: write meters with + and - between them, such as main - flat.");
    const { constant, terms } = this.sum();
    if (!this.isAtEnd()) throw this.unexpected("+ or -");
    if (constant !== 0) throw new CannotRead(0, `A number alone (${constant}) is no meter: multiply it with one, such as 0.5 * main.`);
    const gone = [...terms].find(([, factor]) => factor === 0);
    if (gone) throw new CannotRead(0, `Nothing is left of ${gone[0]}: it is added as often as it is taken off. Leave it out.`);
    return [...terms].map(([meter, factor]) => ({ factor, meter }));
  }

  private isAtEnd(): boolean {
    return this.token.kind === "end";
  }

  private get token(): Token {
    return this.tokens[this.next] as Token;
  }

  private take(...operators: string[]): Token | undefined {
    const { token } = this;
    if (token.kind !== "operator" || !operators.includes(token.text)) return undefined;
    this.next += 1;
    return token;
  }

  private sum(): Linear {
    let result = this.product();
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-")) {
      result = added(result, scaled(this.product(), sign.text === "-" ? -1 : 1));
    }
    return result;
  }

  private product(): Linear {
    let result = this.factor();
    for (let sign = this.take("*", "/"); sign; sign = this.take("*", "/")) {
      const other = this.factor();
      result = sign.text === "*" ? multiplied(result, other, sign.position) : divided(result, other, sign.position);
    }
    return result;
  }

  private factor(): Linear {
    const { token } = this;
    if (this.take("-")) return scaled(this.factor(), -1);
    if (this.take("+")) return this.factor();
    if (this.take("(")) {
      const inner = this.sum();
      if (!this.take(")")) throw this.unexpected(`the ) of the ( at position ${token.position + 1}`);
      return inner;
    }
    if (token.kind === "number" || token.kind === "name") {
      this.next += 1;
      if (token.kind === "number") return { constant: Number(token.text), terms: new Map() };
      return { constant: 0, terms: new Map([[token.text, 1]]) };
    }
    throw this.unexpected("a meter or a number");
  }

  private unexpected(wanted: string): CannotRead {
    const { text, position, kind } = this.token;
    const found = kind === "end" ? "the formula ends" : `there is “${text}”`;
    const before = this.tokens[this.next - 1]?.text ?? "";
    const hint = before.endsWith("-") && before.length > 1 ? " A minus sign between meters needs a blank on both sides." : "";
    return new CannotRead(position, `${at(position)}: ${wanted} is missing, ${found}.${hint}`);
  }
}

function at(position: number): string {
  return `Position ${position + 1}`;
}

function added(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms);
  for (const [meter, factor] of b.terms) terms.set(meter, (terms.get(meter) ?? 0) + factor);
  return { constant: a.constant + b.constant, terms };
}

function scaled(a: Linear, by: number): Linear {
  return { constant: a.constant * by, terms: new Map([...a.terms].map(([meter, factor]) => [meter, factor * by])) };
}

function multiplied(a: Linear, b: Linear, position: number): Linear {
  if (a.terms.size > 0 && b.terms.size > 0)
    throw new CannotRead(position, `${at(position)}: a meter can be multiplied with a number, not with a meter.`);
  return a.terms.size > 0 ? scaled(a, b.constant) : scaled(b, a.constant);
}

function divided(a: Linear, b: Linear, position: number): Linear {
  if (b.terms.size > 0) throw new CannotRead(position, `${at(position)}: a meter can be divided by a number, not by a meter.`);
  if (b.constant === 0) throw new CannotRead(position, `${at(position)}: nothing can be divided by 0.`);
  return scaled(a, 1 / b.constant);
}
