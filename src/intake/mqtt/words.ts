/** Why a broker refuses or ends a connection, in words, for MQTT 3.1.1 return codes and MQTT 5 reason codes. */
const CONNECT_WORDS: Readonly<Record<number, string>> = {
  1: "the broker does not speak this MQTT version",
  2: "the broker does not accept the client id",
  3: "the broker says its service is not available",
  4: "the broker does not accept the user name or the password",
  5: "the broker does not let this user in",
  128: "the broker gives no reason",
  129: "the broker found the packet malformed",
  130: "the broker found a breach of the protocol",
  132: "the broker does not speak this MQTT version",
  133: "the broker does not accept the client id",
  134: "the broker does not accept the user name or the password",
  135: "the broker does not let this user in",
  136: "the broker says its service is not available",
  137: "the broker is busy",
  138: "the broker has banned this client",
  139: "the broker is shutting down",
  140: "the broker wants another way to authenticate",
  141: "the broker heard nothing within the keep-alive",
  142: "another client connected with the same client id; give each installation its own",
  143: "the broker does not accept a topic filter",
  144: "the broker does not accept a topic name",
  147: "the broker sent more than the window allows",
  149: "the broker finds a packet too large",
  151: "a quota of the broker is used up",
  152: "the broker closed the connection by hand",
  156: "the broker asks to use another server",
  157: "the broker has moved to another server",
  159: "too many connections a second for this broker",
};

/** One sentence part for a code of CONNACK or DISCONNECT. */
export function reasonInWords(code: number): string {
  return CONNECT_WORDS[code] ?? `the broker gives reason code ${code}`;
}

/** Codes that say the other side speaks another version of MQTT. */
export function isVersionRefusal(code: number): boolean {
  return code === 1 || code === 132;
}

/** Codes that waiting alone does not mend: somebody must change a setting. */
export function isStandingRefusal(code: number): boolean {
  return [2, 4, 5, 133, 134, 135, 138, 140, 156, 157].includes(code);
}

/** What a SUBACK says against the filters asked for, in words; undefined when all is granted at QoS 1. */
export function grantProblem(filters: readonly string[], granted: readonly number[]): string | undefined {
  const refused = filters.filter((_, i) => (granted[i] ?? 128) >= 128);
  if (refused.length > 0) return `The broker refuses the subscription to ${refused.join(", ")}; allow this user to read it.`;
  const weak = filters.filter((_, i) => granted[i] === 0);
  if (weak.length > 0) return `The broker grants only QoS 0 for ${weak.join(", ")}: messages may be lost while Wattkeep is away.`;
  return undefined;
}
