//! Addresses: one object, one address; every filter of a list is in it.

export type WatchPart = "warnings" | "requests" | "tasks" | "incidents";

export type Screen =
  | { name: "monitoring" }
  | { name: "narrative"; id: string }
  | { name: "signal"; id: string }
  | { name: "situation" }
  | { name: "warnings"; part: WatchPart }
  | { name: "report"; of: "digest" | "shift" }
  | { name: "log" }
  | { name: "communication" }
  | { name: "plans" }
  | { name: "lines" }
  | { name: "approvals" }
  | { name: "sites"; id: string | null }
  | { name: "response"; id: string }
  | { name: "facts"; part: "base" | "mandate" | "questions" }
  | { name: "admin"; part: "sources" | "purposes" | "users" | "functions" | "journal" | "audit" | "models" | "checks" | "keeping" | "state" };

/** The screen that a path names; an unknown path is the queue. */
export function screenOf(path: string): Screen {
  const [first, second] = path.split("/").filter(Boolean).map(decodeURIComponent);
  if (first === "narratives" && second) return { name: "narrative", id: second };
  if (first === "signals" && second) return { name: "signal", id: second };
  if (first === "communication" && (second === "plans" || second === "lines" || second === "approvals")) return { name: second };
  if (first === "communication") return second ? { name: "response", id: second } : { name: "communication" };
  if (first === "facts") return { name: "facts", part: second === "mandate" || second === "questions" ? second : "base" };
  if (first === "log") return { name: "log" };
  if (first === "situation") return { name: "situation" };
  if (first === "sites") return { name: "sites", id: second ?? null };
  if (first === "warnings" || first === "requests" || first === "tasks" || first === "incidents") return { name: "warnings", part: first };
  if (first === "reports") return { name: "report", of: second === "shift" ? "shift" : "digest" };
  if (first === "admin") {
    return { name: "admin", part: (["purposes", "users", "functions", "journal", "audit", "models", "checks", "keeping", "state"] as const).find((part) => part === second) ?? "sources" };
  }
  return { name: "monitoring" };
}

/** What one must be allowed to see on a screen; any one of the list. */
export const NEEDS: Record<Screen["name"], string[]> = {
  monitoring: ["monitoring.see"],
  narrative: ["monitoring.see"],
  signal: ["monitoring.see"],
  situation: ["desk.see", "communication.see"],
  warnings: ["desk.see"],
  report: ["desk.see"],
  log: ["note.see"],
  communication: ["communication.see"],
  plans: ["communication.see"],
  lines: ["communication.see"],
  approvals: ["communication.see"],
  sites: ["desk.see"],
  response: ["communication.see"],
  facts: ["communication.see"],
  admin: ["source.see", "user.see", "access.see", "journal.see", "keeping.see"],
};

class Route {
  path = $state(location.pathname);
  search = $state(location.search);
  hash = $state(location.hash);
  screen = $derived(screenOf(this.path));

  read(): void {
    this.path = location.pathname;
    this.search = location.search;
    this.hash = location.hash;
  }

  go(to: string, replace = false): void {
    const before = this.path;
    history[replace ? "replaceState" : "pushState"](null, "", to);
    this.read();
    if (before !== this.path) window.scrollTo(0, 0);
  }
}

export const route = new Route();

/** Turns clicks on links within Vigie into changes of screen. Returns what undoes it. */
export function followLinks(): () => void {
  const clicked = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const anchor = (event.target as Element | null)?.closest("a[href]");
    if (!(anchor instanceof HTMLAnchorElement) || anchor.target || anchor.hasAttribute("download")) return;
    const to = new URL(anchor.href);
    if (to.origin !== location.origin || /^\/(api|enter|intake|clear)\//.test(to.pathname)) return;
    if (to.pathname === location.pathname && to.search === location.search && to.hash) return;
    event.preventDefault();
    route.go(to.pathname + to.search + to.hash);
  };
  const moved = () => route.read();
  document.addEventListener("click", clicked);
  window.addEventListener("popstate", moved);
  return () => {
    document.removeEventListener("click", clicked);
    window.removeEventListener("popstate", moved);
  };
}
