// Opens what the screens use. A browser that keeps nothing (some private windows) still works, for as long as the tab lives.
import { createJobs } from '../jobs/create.ts';
import { createModelDesk } from '../jobs/model-desk.ts';
import { openIndexedDbStore } from '../stores/indexed-db.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { withChoices } from './models/with-choices.ts';
import type { Services } from './services.tsx';

export async function openServices(): Promise<Services> {
  const jobs = withChoices(createJobs({ proxy: '/proxy' }));
  const models = createModelDesk({ proxy: '/proxy' });
  try {
    return { jobs, models, store: await openIndexedDbStore(), lasting: true };
  } catch {
    return { jobs, models, store: createMemoryStore(), lasting: false };
  }
}
