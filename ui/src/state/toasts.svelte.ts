//! Short messages at the edge of the screen, one of which may offer to undo.

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "fault";
  undo?: () => unknown;
  until: number;
}

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;

  show(text: string, more: { tone?: Toast["tone"]; undo?: () => unknown; forMs?: number } = {}): number {
    const id = this.#next++;
    const forMs = more.forMs ?? (more.tone === "fault" ? 12_000 : 5_000);
    const toast: Toast = { id, text, tone: more.tone ?? "plain", until: Date.now() + forMs };
    if (more.undo) toast.undo = more.undo;
    // At most one undo is on offer: `z` must never leave a doubt about what it takes back.
    this.all = [...this.all.filter((t) => !(toast.undo && t.undo)), toast].slice(-4);
    setTimeout(() => this.drop(id), forMs);
    return id;
  }

  drop(id: number): void {
    this.all = this.all.filter((t) => t.id !== id);
  }
}

export const toasts = new Toasts();
