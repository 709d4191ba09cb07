/** A chunk of an answer that has more characters than this is none of InfluxDB's. */
const LONGEST = 64 * 1024 * 1024;

/** An answer in chunks, one JSON value to a line, as it comes. Errors: throws for what is no JSON. */
export async function* answersOf(reply: Response): AsyncIterable<unknown> {
  if (reply.body === null) return;
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of reply.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST) throw new Error("the answer has no end");
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line);
  }
  if (rest.trim() !== "") yield JSON.parse(rest);
}
