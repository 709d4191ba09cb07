/** The code of a pairing link. Missing: undefined where the address carries none. */
export function pairingCodeOf(hash: string): string | undefined {
  return /^#pair=([A-Za-z2-7-]{8,40})$/.exec(hash)?.[1];
}

const DEVICES = [
  ["iPad", "iPad"],
  ["iPhone", "iPhone"],
  ["Android", "Android device"],
  ["Windows", "Windows browser"],
  ["Macintosh", "Mac browser"],
  ["Linux", "Linux browser"],
] as const;

/** What a browser is called in the list of tokens. An iPad says it is a Mac, but a Mac has no fingers. */
export function deviceName(agent: string, touchPoints: number): string {
  if (agent.includes("Macintosh") && touchPoints > 1) return "iPad";
  return DEVICES.find(([word]) => agent.includes(word))?.[1] ?? "Browser";
}
