/** Who a client is, and what it may write and read: everything, or only what lies below its prefix. */
export interface Grant {
  readonly name: string;
  /** `home/meter` allows `home/meter` and all below it. Undefined: everything (this machine, no credentials asked). */
  readonly prefix: string | undefined;
}

const LONGEST_TOPIC_BYTES = 512;

/** Why no message may bear this topic, in words; undefined when it may. */
export function topicProblem(topic: string): string | undefined {
  if (topic === "") return "the topic is empty";
  if (topic.includes("\0")) return "the topic contains a NUL";
  if (/[+#]/.test(topic)) return "the topic contains a wildcard";
  if (topic.startsWith("$")) return "topics that begin with $ belong to the broker";
  if (Buffer.byteLength(topic) > LONGEST_TOPIC_BYTES) return `the topic is longer than ${LONGEST_TOPIC_BYTES} bytes`;
  return undefined;
}

/** Whether the topic is the grant's prefix or lies below it, level by level: `home/a` is not above `home/ab`. */
export function mayPublish(grant: Grant, topic: string): boolean {
  return grant.prefix === undefined || isBelow(levelsOf(grant.prefix), topic.split("/"));
}

/** Whether everything the filter could ever match is the prefix or lies below it. */
export function maySubscribe(grant: Grant, filter: string): boolean {
  if (filter.includes("\0") || Buffer.byteLength(filter) > LONGEST_TOPIC_BYTES) return false;
  if (grant.prefix === undefined) return true;
  return isBelow(levelsOf(grant.prefix), filter.split("/"));
}

/** Whether a connection comes from this machine. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
  return plain === "::1" || /^127\.\d+\.\d+\.\d+$/.test(plain);
}

function levelsOf(prefix: string): string[] {
  return prefix.replace(/\/+$/, "").split("/");
}

/** A wildcard level is unequal to every literal one, so a filter that reaches beside the prefix is refused. */
function isBelow(prefix: readonly string[], levels: readonly string[]): boolean {
  return prefix.join("/") !== "" && prefix.every((level, i) => levels[i] === level);
}
