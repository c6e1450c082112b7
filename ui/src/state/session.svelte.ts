//! Who is signed in, and what they may do here.

import { call, Refused, Unreachable } from "../api/client";
import type { Me } from "../api/types";
import { clock } from "./clock.svelte";
import { link } from "./link.svelte";

const KEPT = "vigie.me";

class Session {
  me = $state<Me | null>(null);
  /** Until the first answer, or the first failure. */
  ready = $state(false);

  get signedIn(): boolean {
    return this.me?.user != null;
  }

  may(right: string): boolean {
    return this.me?.may.includes(right) ?? false;
  }

  /** Asks the server who this is. With the link cut, the last known person stays, so that adding by hand works. */
  async load(): Promise<void> {
    try {
      const me = await call<Me>("/me");
      this.me = me;
      clock.set(me.now);
      link.is(me.link);
      if (me.user) localStorage.setItem(KEPT, JSON.stringify(me));
      else forget();
    } catch (fault) {
      const down = fault instanceof Unreachable || (fault instanceof Refused && fault.status >= 500);
      if (down) this.me ??= lastKnown();
      else throw fault;
    } finally {
      this.ready = true;
    }
  }

  async signOut(): Promise<void> {
    await call("/signout", { method: "POST" });
    forget();
    await this.load();
  }
}

function lastKnown(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null") as Me | null;
  } catch {
    return null;
  }
}

/** What was shown to one person must not greet the next one at the same desk. */
function forget(): void {
  localStorage.removeItem(KEPT);
  sessionStorage.clear();
}

export const session = new Session();

// A session that ended on the server ends here too: the sign-in screen, and what is unsent waits.
link.unknownHere = () => {
  if (session.signedIn) void session.load().catch(() => undefined);
};
