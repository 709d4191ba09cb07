import { BASE_PATH } from "#web/client/base.ts";
import type { QueuedReading, QueueStore } from "./queue.ts";

const READINGS = "readings";
const PHOTOS = "photos";

/**
 * Opens the memory of this device for readings and pictures: it outlives the page, the browser and an empty battery.
 * Errors: throws where the browser keeps nothing, as some do in private windows.
 */
export async function openQueueStore(): Promise<QueueStore> {
  const opening = indexedDB.open(`wattkeep-round${BASE_PATH}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(READINGS, { keyPath: "key" });
    opening.result.createObjectStore(PHOTOS);
  };
  const database = await answerOf(opening);
  // Another tab may bring a newer shape: it must not wait for this one.
  database.onversionchange = () => database.close();
  return storeOver(database);
}

function storeOver(database: IDBDatabase): QueueStore {
  const writing = (change: (readings: IDBObjectStore, photos: IDBObjectStore) => void): Promise<void> => {
    const writes = database.transaction([READINGS, PHOTOS], "readwrite", { durability: "strict" });
    change(writes.objectStore(READINGS), writes.objectStore(PHOTOS));
    return endOf(writes);
  };
  return {
    all: () => answerOf(database.transaction(READINGS).objectStore(READINGS).getAll() as IDBRequest<QueuedReading[]>),
    put: (reading, photo) =>
      writing((readings, photos) => {
        readings.put(reading);
        if (photo !== undefined && reading.photo !== null) photos.put(photo, reading.photo);
      }),
    replace: (key, reading, photo) =>
      writing((readings, photos) => {
        readings.delete(key);
        readings.put(reading);
        if (photo !== undefined && reading.photo !== null) photos.put(photo, reading.photo);
      }),
    remove: (keys) =>
      writing((readings) => {
        for (const key of keys) readings.delete(key);
      }),
    photo: (id) => answerOf(database.transaction(PHOTOS).objectStore(PHOTOS).get(id) as IDBRequest<Blob | undefined>),
    dropPhoto: (id) => writing((_, photos) => void photos.delete(id)),
  };
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Settles once what was written is on the disk, not when it was asked for. */
function endOf(writes: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    writes.oncomplete = () => resolve();
    writes.onerror = () => reject(writes.error);
    writes.onabort = () => reject(writes.error);
  });
}
