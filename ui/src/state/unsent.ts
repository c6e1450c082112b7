//! How many things wait on this computer, without loading what sends them.

/** Counts the outbox; 0 where there is none. */
export async function outboxCount(): Promise<number> {
  try {
    const known = await indexedDB.databases();
    if (!known.some((db) => db.name === "vigie")) return 0;
    const { held } = await import("../lib/outbox");
    return (await held()).length;
  } catch {
    return 0;
  }
}
