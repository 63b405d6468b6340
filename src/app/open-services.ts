// Opens what the screens use. A browser that keeps nothing (some private windows) still works, for as long as the tab lives.
import { createJobs } from '../jobs/create.ts';
import { openIndexedDbStore } from '../stores/indexed-db.ts';
import { createMemoryStore } from '../stores/memory.ts';
import type { Services } from './services.tsx';

export async function openServices(): Promise<Services> {
  const jobs = createJobs({ proxy: '/proxy' });
  try {
    return { jobs, store: await openIndexedDbStore(), lasting: true };
  } catch {
    return { jobs, store: createMemoryStore(), lasting: false };
  }
}
