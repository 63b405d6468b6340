// Handing batches over a thread's edge: pulled from the other side as a stream, or told to it one ahead.

/** What `next` answers, call by call, as a stream; it ends with the first undefined. */
export async function* handed<Value>(next: () => Promise<readonly Value[] | undefined>): AsyncGenerator<readonly Value[]> {
  for (let some = await next(); some; some = await next()) yield some;
}

/** Tells every batch in order; one is being taken while the next is made. Rejects with what `take` rejects with, and takes no further. */
export async function tellAll<Batch>(batches: AsyncIterable<Batch>, take: (batch: Batch) => Promise<void>): Promise<void> {
  let taken: Promise<void> = Promise.resolve();
  for await (const batch of batches) {
    await taken;
    taken = take(batch);
    // Awaited above or below; until then nobody may call it unhandled.
    taken.catch(() => {});
  }
  await taken;
}
