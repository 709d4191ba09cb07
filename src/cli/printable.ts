/** Text from outside as a terminal may show it: control characters written out, so that none steers it. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, "0")}`);
}
