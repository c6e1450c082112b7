//! What somebody writes, kept on this computer at each stroke until the server has it: one draft a person and message.

import type { MessageText } from "../api/types";

export interface Draft {
  client_id: string;
  base: number;
  texts: MessageText[];
}

const place = (user: string, response: string, message: string | null) => `vigie.draft.${user}.${response}.${message ?? "new"}`;

/** Keeps a draft. False where this computer refuses, so that the screen can say so. */
export function keepDraft(user: string, response: string, message: string | null, draft: Draft): boolean {
  try {
    localStorage.setItem(place(user, response, message), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft(user: string, response: string, message: string | null): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(place(user, response, message)) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export function dropDraft(user: string, response: string, message: string | null): void {
  localStorage.removeItem(place(user, response, message));
}
