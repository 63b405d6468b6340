// Opens what the screens use. A browser that keeps nothing (some private windows) still works, for as long as the tab lives.
import { createJobs } from '../jobs/create.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createModelDesk } from '../jobs/model-desk.ts';
import { openIndexedDbStore } from '../stores/indexed-db.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { choicesNow } from './models/choices.ts';
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

/** What a person chose in the settings holds for every analysis that starts, wherever it is started from. */
function withChoices(jobs: Jobs): Jobs {
  return {
    ...jobs,
    analyse(options) {
      const { pixels, provider, ownModels } = choicesNow();
      return jobs.analyse({ provider, ownModels, ...options, models: (options.models ?? true) && pixels });
    },
  };
}
