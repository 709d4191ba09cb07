// Lets the page Round open without a connection: it keeps that page's own files of one build, and the last answer of
// GET /round. Nothing else of the API is ever kept, and no other page is answered here.
// The build writes `SHELL = { build, files }` above this line; the files are named relative to the scope.
/* global SHELL */

const scope = self.registration.scope;
// Two of us may stand side by side under one name of a proxy: neither throws away what is the other's.
const PLACE = new URL(scope).pathname;
const SHELLS = `wattkeep-shell${PLACE}@`;
const KEEP = `${SHELLS}${SHELL.build}`;
const ROUND = `wattkeep-round-answer${PLACE}`;
const PATIENCE_MS = 4_000;

const at = (path) => new URL(path, scope).href;
const PAGE = at("round");
const API = at("api/v1/");
const files = new Set(SHELL.files.map(at));

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/, 1)[0];
  if (request.method === "DELETE" && address === `${API}session`) event.waitUntil(caches.delete(ROUND));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (address === PAGE) event.respondWith(networkFirst(request, keptPage));
  } else if (address === `${API}round`) event.respondWith(round(request));
  else if (files.has(request.url)) event.respondWith(isHashed(request.url) ? cacheFirst(request) : networkFirst(request, kept));
});

async function keepShell() {
  const cache = await caches.open(KEEP);
  const answers = await Promise.all([...files, PAGE].map(async (file) => [file, await fetch(file, { cache: "no-cache" })]));
  const broken = answers.find(([, answer]) => !isOurs(answer));
  if (broken) throw new Error(`${broken[0]} answered ${broken[1].status}`);
  await Promise.all(answers.map(([file, answer]) => cache.put(file, answer)));
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(SHELLS) && name !== KEEP).map((name) => caches.delete(name)));
}

/** A gate before us sends whoever it does not know to a page of its own. */
const isOurs = (answer) => answer.ok && !answer.redirected;
/** Nobody but a proxy answers so: we are not there. */
const isAway = (answer) => answer.status >= 502 && answer.status <= 504;

/** A name with a hash of its content never means anything else. */
const isHashed = (address) => /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(address);

const kept = (request) => caches.open(KEEP).then((cache) => cache.match(request.url));
const keptPage = () => caches.open(KEEP).then((cache) => cache.match(PAGE));

async function cacheFirst(request) {
  return (await kept(request)) ?? fetch(request);
}

/** A connection that hangs is none: after a while what is kept is shown, and the network's answer is let go. */
async function networkFirst(request, instead) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return isAway(answer) ? ((await instead(request)) ?? answer) : answer;
  } catch (error) {
    const answer = await instead(request);
    if (answer === undefined) throw error;
    return answer;
  }
}

/** The last answer under the same question; one that is refused means that nobody here may see the old one either. */
async function round(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (isOurs(answer)) await (await caches.open(ROUND)).put(request.url, answer.clone());
    if (answer.status === 401 || answer.status === 403) await caches.delete(ROUND);
    return isAway(answer) ? ((await roundBefore(request)) ?? answer) : answer;
  } catch (error) {
    const before = await roundBefore(request);
    if (before === undefined) throw error;
    return before;
  }
}

const roundBefore = (request) => caches.match(request.url, { cacheName: ROUND });
