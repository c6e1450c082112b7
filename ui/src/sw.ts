//! Keeps the shell of Vigie on this computer, so that a reload with the link cut still opens it.
//!
//! Only the program is kept, never what it showed: answers of the server, files and images always come
//! from the server.

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL_FILES__: string[];

const SHELL = [...__SHELL_FILES__];
const CACHE = `vigie-${SHELL.join().split("").reduce((h, c) => (Math.imul(h, 31) + c.charCodeAt(0)) >>> 0, 7)}`;
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(["/", "/icon.svg", ...SHELL]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/") || url.pathname === "/icon.svg") {
    event.respondWith(kept(event.request));
  } else if (event.request.mode === "navigate" && !/^\/(api|enter|intake)\//.test(url.pathname)) {
    event.respondWith(page(event.request));
  }
});

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's page where it answers in time, so that a new version is seen at once; else the kept one. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return answer;
  } catch {
    // The link is cut.
  }
  return (await caches.match("/")) ?? Response.error();
}

export {};
