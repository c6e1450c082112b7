//! The live stream. Read by `fetch` and not by `EventSource`, because only so are heartbeats seen: a link
//! that died without a word must show as cut after seconds, not after the operating system's minutes.

import { createParser } from "eventsource-parser";
import { language } from "../lib/words.svelte";
import { link, SILENCE_MS } from "../state/link.svelte";
import { query } from "./client";
import type { Link, LiveDesk, LiveRows } from "./types";

export interface LiveEvents {
  rows: LiveRows;
  note: { seq?: number };
  /** Records of the desk that are new or stand differently. */
  desk: LiveDesk;
  health: unknown;
  reset: unknown;
  link: Link;
}

type Listener = (name: keyof LiveEvents, data: never) => void;

const AGAIN_MS = [500, 1000, 2000, 5000, 10_000];

class Live {
  #listeners = new Set<Listener>();
  #last = 0;
  #stop: AbortController | null = null;
  #failures = 0;

  /** Listens to one kind of message. Returns what stops it. */
  on<K extends keyof LiveEvents>(wanted: K, tell: (data: LiveEvents[K]) => void): () => void {
    const listener = ((name: string, data: LiveEvents[K]) => {
      if (name === wanted) tell(data);
    }) as Listener;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the screens already hold: the stream starts behind it, and at the present where they hold nothing. */
  from(seq: number): void {
    this.#last = Math.max(this.#last, seq);
  }

  start(): () => void {
    const stop = new AbortController();
    this.#stop = stop;
    void this.#run(stop);
    return () => stop.abort();
  }

  async #run(stop: AbortController): Promise<void> {
    while (!stop.signal.aborted) {
      const end = await this.#once(stop).catch(() => "cut" as const);
      if (stop.signal.aborted) return;
      this.#failures = end === "ended" ? 0 : this.#failures + 1;
      if (end === "cut") link.lost();
      await sleep(AGAIN_MS[Math.min(this.#failures, AGAIN_MS.length - 1)] ?? 10_000, stop.signal);
    }
  }

  /** One connection, until it ends. Throws where the link is cut. */
  async #once(stop: AbortController): Promise<"ended" | "refused"> {
    const silence = new AbortController();
    const signal = AbortSignal.any([stop.signal, silence.signal]);
    let watch = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const answer = await fetch(`/api/v1/live${query({ since: this.#last || undefined })}`, {
        headers: { Accept: "text/event-stream", "Accept-Language": language.tag },
        signal,
        cache: "no-store",
      });
      if (!answer.ok || !answer.body) {
        link.heard();
        if (answer.status === 401) link.unknownHere();
        return "refused";
      }
      const parser = createParser({ onEvent: (event) => this.#take(event) });
      const words = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await words.read();
        if (done) return "ended";
        link.heard();
        clearTimeout(watch);
        watch = setTimeout(() => silence.abort(), SILENCE_MS);
        parser.feed(value);
      }
    } finally {
      clearTimeout(watch);
    }
  }

  #take(event: { event?: string | undefined; id?: string | undefined; data: string }): void {
    const id = Number(event.id);
    if (event.id && Number.isSafeInteger(id)) this.#last = Math.max(this.#last, id);
    let data: unknown;
    try {
      data = event.data ? JSON.parse(event.data) : null;
    } catch {
      return;
    }
    if (event.event === "link") link.is(data as Link);
    for (const tell of this.#listeners) tell((event.event ?? "message") as keyof LiveEvents, data as never);
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}

export const live = new Live();
