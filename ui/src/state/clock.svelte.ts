//! The site's clock: the server's time, carried on between answers. In an exercise it may run fast or stand.

import { link } from "./link.svelte";

const KEPT = "vigie.clock";

class SiteClock {
  /** Ticks once a second; read it to be redrawn. */
  now = $state(Date.now());
  #site = Date.now();
  #own = performance.now();
  #speed = 1;

  /** The server said that it is `at`, and that its clock runs `speed` times as fast as ours. */
  set(at: string, speed = 1): void {
    const parsed = Date.parse(at);
    if (Number.isNaN(parsed)) return;
    this.#site = parsed;
    this.#own = performance.now();
    this.#speed = speed;
    this.tick();
  }

  tick(): void {
    this.now = this.#site + (performance.now() - this.#own) * this.#speed;
  }

  /** Runs the clock. A reload with the link cut goes on from where this tab last heard the server. */
  start(): () => void {
    this.#remember();
    const timer = setInterval(() => this.tick(), 1000);
    const leave = () => this.#keep();
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
    };
  }

  #keep(): void {
    const kept = { ahead: this.now - Date.now(), speed: this.#speed, heardAt: link.heardAt };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  #remember(): void {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as { ahead: number; speed: number; heardAt: number | null } | null;
    if (!kept) return;
    this.set(new Date(Date.now() + kept.ahead).toISOString(), kept.speed);
    link.heardAt ??= kept.heardAt;
  }
}

export const clock = new SiteClock();
