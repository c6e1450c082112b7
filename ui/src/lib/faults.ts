//! A fault as one sentence for the person in front of the screen.

import { Refused, Unreachable } from "../api/client";
import { t } from "./words.svelte";

/** What happened and what to do, with the code to quote where there is one. */
export function sentence(fault: unknown): string {
  if (fault instanceof Unreachable) return t("ui-fault-unreachable");
  if (!(fault instanceof Refused)) return t("ui-fault-ours");
  const { message, hint, code } = fault.refusal;
  if (!message) return t("ui-fault-unexplained", { code });
  return [message, hint, code ? `(${code})` : ""].filter(Boolean).join(" ");
}
