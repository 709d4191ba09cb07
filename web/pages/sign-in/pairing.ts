import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SessionAnswer } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";

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

/** Takes the code out of the address: it was for one look, and belongs into no bookmark. */
export function usePairingCode(): string | undefined {
  const [code] = useState(() => pairingCodeOf(window.location.hash));
  useEffect(() => {
    if (code === undefined) return;
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }, [code]);
  return code;
}

/** Signs this browser in by the code the address came with. */
export function usePairing() {
  const queries = useQueryClient();
  const code = usePairingCode();
  const pairing = useMutation({
    mutationFn: (pairingCode: string) =>
      sendJson<SessionAnswer>("POST", "/session", { pairingCode, device: deviceName(navigator.userAgent, navigator.maxTouchPoints) }),
    onSuccess: () => queries.resetQueries(),
  });
  const { mutate } = pairing;
  const asked = useRef(false);
  useEffect(() => {
    if (code === undefined || asked.current) return;
    asked.current = true;
    mutate(code);
  }, [code, mutate]);
  return pairing;
}
