import { useEffect, useState } from "react";
import { BASE_PATH } from "#web/client/base.ts";

/** Whether the page opens again without a connection: `no-https` and `no-worker` never, `preparing` soon. */
export type OfflineState = "preparing" | "ready" | "no-https" | "no-worker" | "failed";

/** Registers our service worker where a browser allows it; `onReady` asks the questions again whose answers it is to keep. */
export function useOffline(onReady: () => void): OfflineState {
  const [state, setState] = useState<OfflineState>(startState);
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered once for a page, whatever it asks then
  useEffect(() => {
    if (startState() !== "preparing") return;
    let gone = false;
    prepare().then(
      (fresh) => {
        if (gone) return;
        setState("ready");
        if (fresh) onReady();
      },
      () => {
        if (!gone) setState("failed");
      },
    );
    return () => {
      gone = true;
    };
  }, []);
  return state;
}

function startState(): OfflineState {
  if (!isSecureContext) return "no-https";
  return "serviceWorker" in navigator ? "preparing" : "no-worker";
}

/** Resolves once a worker answers for this page; true where it did not when the page was loaded. */
async function prepare(): Promise<boolean> {
  const { serviceWorker } = navigator;
  const before = serviceWorker.controller !== null;
  try {
    await serviceWorker.register(`${BASE_PATH}/service-worker.js`, { scope: `${BASE_PATH}/` });
  } catch (error) {
    // Without a connection the one that is there already goes on.
    if (!before) throw error;
  }
  await serviceWorker.ready;
  if (serviceWorker.controller === null) {
    await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  return !before;
}

/** As the service worker calls it. */
const ROUND = `wattkeep-round-answer${BASE_PATH}/`;

/** Forgets what was expected of meters: whoever holds this device may not see it any more. */
export function forgetRound(): void {
  if ("caches" in globalThis) void caches.delete(ROUND);
}
