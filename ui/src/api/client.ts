//! One door to the server: JSON in, JSON out, refusals as values a screen can show.

import { language } from "../lib/words.svelte";
import { link } from "../state/link.svelte";
import type { Refusal } from "./types";

/** The server said no, and why. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
    /** All that it answered, where that is more than why. */
    readonly told: unknown = null,
  ) {
    super(refusal.message);
  }
}

/** Nobody answered: the link is cut or the server is down. */
export class Unreachable extends Error {}

const SILENCE_MS = 15_000;

interface Ask {
  method?: "GET" | "POST" | "PUT";
  body?: unknown;
  raw?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls `/api/v1` + `path`. Throws [`Refused`], [`Unreachable`], or the abort that the caller asked for. */
export async function call<T>(path: string, ask: Ask = {}): Promise<T> {
  const answer = await send(path, ask);
  if (answer.status === 401 && !path.startsWith("/sign")) link.unknownHere();
  if (!answer.ok) throw await refusedBy(answer);
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

async function send(path: string, ask: Ask): Promise<Response> {
  const type = ask.raw ? "application/octet-stream" : "application/json";
  const writes = ask.body !== undefined || ask.raw !== undefined || (ask.method ?? "GET") !== "GET";
  const limit = AbortSignal.timeout(ask.raw ? 10 * SILENCE_MS : SILENCE_MS);
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method: ask.method ?? (writes ? "POST" : "GET"),
      headers: {
        "Accept-Language": language.tag,
        ...(writes ? { "Content-Type": type } : {}),
        ...ask.headers,
      },
      body: ask.raw ?? (writes ? JSON.stringify(ask.body ?? {}) : null),
      signal: ask.signal ? AbortSignal.any([ask.signal, limit]) : limit,
      credentials: "same-origin",
      cache: "no-store",
    });
    link.heard();
    return answer;
  } catch (cause) {
    if (ask.signal?.aborted) throw cause;
    link.lost();
    throw new Unreachable("unreachable", { cause });
  }
}

async function refusedBy(answer: Response): Promise<Refused> {
  try {
    const said = (await answer.json()) as Partial<Refusal>;
    if (said.message) return new Refused(answer.status, { code: said.code ?? "", message: said.message, hint: said.hint ?? "" }, said);
  } catch {
    // A proxy may answer in HTML; the status is all that is known then.
  }
  return new Refused(answer.status, { code: `HTTP ${answer.status}`, message: "", hint: "" });
}

/** A query string of the values that are set. */
export function query(values: Record<string, string | number | undefined | null>): string {
  const set = Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== "");
  const text = new URLSearchParams(set.map(([k, v]) => [k, String(v)])).toString();
  return text ? `?${text}` : "";
}
