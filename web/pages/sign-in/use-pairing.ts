import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SessionAnswer } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";
import { deviceName, pairingCodeOf } from "./pairing-link.ts";

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
