import { useEffect, useMemo, useRef, useState } from "react";
import type { ReadingSaidAnswer } from "#contract/meter-history.ts";
import { putBytes, sendJson } from "#web/client/fetch.ts";
import { noteRoundLeft } from "#web/client/round-left.ts";
import { forgetRound } from "./offline.ts";
import { type Drained, drain, pastOf, type QueuedReading, type QueueLine, type QueueStore, retryMs } from "./queue.ts";
import { openQueueStore } from "./queue-store.ts";

const line: QueueLine = {
  sendPhoto: (id, photo) => putBytes(`/round/photos/${id}`, photo),
  sendReading: ({ key, meter, tMs, value, note, photo }) =>
    sendJson<ReadingSaidAnswer>("POST", `/meters/${encodeURIComponent(meter)}/readings`, {
      at: new Date(tMs).toISOString(),
      value,
      note,
      key,
      ...(photo === null ? {} : { photo }),
    }),
};

/** What the page shows of the queue, and what a person can do about it. */
export interface ReadingQueue {
  /** Undefined while the device's memory is opened. */
  readonly readings: readonly QueuedReading[] | undefined;
  /** False where this browser keeps nothing: readings live only as long as the page. */
  readonly durable: boolean;
  readonly last: Drained | undefined;
  readonly sending: boolean;
  add(reading: QueuedReading, photo?: Blob): Promise<void>;
  replace(before: QueuedReading, reading: QueuedReading, photo?: Blob): Promise<void>;
  remove(readings: readonly QueuedReading[]): Promise<void>;
  photo(id: string): Promise<Blob | undefined>;
  sendNow(): void;
}

/** The queue of this device; sends by itself whenever there is a chance. `heard` changes when the server was heard again. */
export function useReadingQueue(heard: unknown, onArrived: () => void): ReadingQueue {
  const [store, setStore] = useState<QueueStore>();
  const [durable, setDurable] = useState(true);
  const [readings, setReadings] = useState<readonly QueuedReading[]>();
  const [last, setLast] = useState<Drained>();
  const [sending, setSending] = useState(false);
  const arrived = useRef(onArrived);
  arrived.current = onArrived;

  useEffect(() => {
    void openStore().then((opened) => {
      setStore(opened.store);
      setDurable(opened.durable);
    });
  }, []);

  const acts = useMemo(() => {
    if (store === undefined) return undefined;
    let running = false;
    let again = false;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const all = byAge(await store.all());
      setReadings(all);
      noteRoundLeft(all.length - sentCount(all));
    };
    const send = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      clearTimeout(timer);
      setSending(true);
      const before = sentCount(await store.all());
      const outcome = await alone(() => drain(store, line, () => void look())).finally(() => {
        running = false;
        setSending(false);
      });
      setLast(outcome);
      if (outcome.end === "signed-out") forgetRound();
      await look();
      if (sentCount(await store.all()) > before) arrived.current();
      tries = outcome.end === "away" ? tries + 1 : 0;
      if (outcome.end === "away") timer = setTimeout(() => void send(), retryMs(tries - 1, Math.random()));
      if (again && outcome.end === "done") {
        again = false;
        void send();
      }
    };
    return { look, send: () => void send(), stop: () => clearTimeout(timer) };
  }, [store]);

  useEffect(() => {
    if (acts === undefined || store === undefined) return;
    const start = async () => {
      // A device without room may not even let go of something: what is there is shown all the same.
      await store.remove(pastOf(await store.all(), Date.now())).catch(() => undefined);
      await acts.look();
      acts.send();
    };
    void start();
    const onVisible = () => document.visibilityState === "visible" && acts.send();
    addEventListener("online", acts.send);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      acts.stop();
      removeEventListener("online", acts.send);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [acts, store]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try whenever the server was heard again
  useEffect(() => acts?.send(), [heard]);

  const change = async (work: ((store: QueueStore) => Promise<void>) | undefined): Promise<void> => {
    if (store === undefined || work === undefined) return;
    await work(store);
    await acts?.look();
    acts?.send();
  };
  return {
    readings,
    durable,
    last,
    sending,
    add: (reading, photo) => {
      // A browser that runs short of room then throws other pages' memory away first. Not every one has it, on plain http none.
      void navigator.storage?.persist?.();
      return change((own) => own.put(reading, photo));
    },
    replace: (before, reading, photo) => change((own) => own.replace(before.key, reading, photo)),
    remove: (gone) => change((own) => own.remove(gone.map((reading) => reading.key))),
    photo: async (id) => store?.photo(id),
    sendNow: () => acts?.send(),
  };
}

/** Two open tabs take turns where the browser can arrange it; the server takes nothing twice either way. */
function alone(work: () => Promise<Drained>): Promise<Drained> {
  return "locks" in navigator && navigator.locks !== undefined ? navigator.locks.request("wattkeep-round", work) : work();
}

const byAge = (all: readonly QueuedReading[]): QueuedReading[] => [...all].sort((a, b) => a.keptMs - b.keptMs);
const sentCount = (all: readonly QueuedReading[]): number => all.filter((reading) => reading.state === "sent").length;

async function openStore(): Promise<{ readonly store: QueueStore; readonly durable: boolean }> {
  try {
    return { store: await openQueueStore(), durable: true };
  } catch {
    return { store: memoryStore(), durable: false };
  }
}

/** In place of a memory the browser refuses: as long as the page lives. */
function memoryStore(): QueueStore {
  const kept = new Map<string, QueuedReading>();
  const photos = new Map<string, Blob>();
  const put = (reading: QueuedReading, photo?: Blob) => {
    kept.set(reading.key, reading);
    if (photo !== undefined && reading.photo !== null) photos.set(reading.photo, photo);
  };
  return {
    all: async () => [...kept.values()],
    put: async (reading, photo) => put(reading, photo),
    replace: async (key, reading, photo) => {
      kept.delete(key);
      put(reading, photo);
    },
    remove: async (keys) => {
      for (const key of keys) kept.delete(key);
    },
    photo: async (id) => photos.get(id),
    dropPhoto: async (id) => void photos.delete(id),
  };
}
