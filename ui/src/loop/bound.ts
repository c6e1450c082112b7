//! What binds to exact words is never kept for later: it would clear words that nobody has read.

import { Unreachable } from "../api/client";
import { sentence } from "../lib/faults";
import { t } from "../lib/words.svelte";

/** Why an approval, a verification, a clearance or an issue did not happen. */
export const bound = (why: unknown): string => (why instanceof Unreachable ? t("ui-loop-bound-cut") : sentence(why));
