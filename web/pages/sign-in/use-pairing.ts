import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SessionAnswer } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";
import { deviceName, pairingCodeOf } from "./pairing-link.ts";

/** The code the address came with. It is taken out of the address at once: it was for one look, and belongs into no bookmark. */
export function usePairingCode(): string | undefined {
  const [code, setCode] = useState<string>();
  useEffect(() => {
    const take = () => {
      const found = pairingCodeOf(window.location.hash);
      if (found === undefined) return;
      setCode(found);
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    };
    take();
    // A link that is followed in a tab where we are open already changes the fragment alone.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return code;
}

/** Signs this browser in by a code, each once. */
export function usePairing(code: string | undefined) {
  const queries = useQueryClient();
  const pairing = useMutation({
    mutationFn: (pairingCode: string) =>
      sendJson<SessionAnswer>("POST", "/session", { pairingCode, device: deviceName(navigator.userAgent, navigator.maxTouchPoints) }),
    onSuccess: () => queries.resetQueries(),
  });
  const { mutate } = pairing;
  const tried = useRef<string>(undefined);
  useEffect(() => {
    if (code === undefined || tried.current === code) return;
    tried.current = code;
    mutate(code);
  }, [code, mutate]);
  return pairing;
}
