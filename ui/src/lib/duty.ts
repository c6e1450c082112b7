//! What is asked of functions, as screens count and sort it.

import type { Asked, Duty } from "../api/types";

/** Functions that may acknowledge it: the one asked and its call tree. */
export const asksOf = (asked: Asked): string[] => [asked.to, ...(asked.call_tree ?? [])];

/** Minutes past the time; 0 while it lies ahead. */
export function lateBy(due: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(due)) / 60_000));
}

/** What shouts stands first: late, then not acknowledged, then by deadline. */
export function bySeverity(a: { duty: Duty }, b: { duty: Duty }): number {
  const rank = ({ duty }: { duty: Duty }) => (duty.closed ? 3 : duty.overdue ? 0 : duty.acknowledged ? 2 : 1);
  return rank(a) - rank(b) || a.duty.asked.due.localeCompare(b.duty.asked.due);
}

/** A deadline some hours from the site's own now. */
export const inHours = (hours: number, now: number): string => new Date(now + hours * 3_600_000).toISOString();

/** Minutes of a span as `2 h 05` wants them. */
export const hoursAndMinutes = (minutes: number): { h: number; min: number } => ({ h: Math.floor(minutes / 60), min: minutes % 60 });
