import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";

/** How a configuration that is made out of another one is written. */
export interface MadeManner {
  /** The comment above it all. */
  readonly heading: string;
  /** Sections, in the order in which they are written; others are left out. */
  readonly order: readonly string[];
  /** Lists and maps of these keys stand on one line each. */
  readonly onOneLine: readonly string[];
  /** By section. */
  readonly comments: Readonly<Record<string, string>>;
}

/** Content as a person would have written it. */
export function madeYaml(content: Readonly<Record<string, unknown>>, { heading, order, onOneLine, comments }: MadeManner): string {
  const sections = order.flatMap((key) => (content[key] === undefined ? [] : [[key, content[key]] as const]));
  const document = new Document(Object.fromEntries(sections));
  document.commentBefore = heading;
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? String(key.value) : "";
      if (!onOneLine.includes(name)) return;
      if (isMap(value)) value.flow = true;
      if (!isSeq(value)) return;
      if (value.items.every((item) => !isMap(item))) value.flow = true;
      else for (const item of value.items) if (isMap(item)) item.flow = true;
    },
  });
  if (isMap(document.contents))
    for (const [i, pair] of document.contents.items.entries()) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const comment = comments[String(pair.key.value)];
      if (comment !== undefined) pair.key.commentBefore = comment;
      pair.key.spaceBefore = i > 0;
    }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** A variable as a file of them holds it. */
export function variableLine(name: string, value: string): string {
  return `${name}=${/^[\w.:/+=-]*$/.test(value) ? value : `'${value}'`}\n`;
}
