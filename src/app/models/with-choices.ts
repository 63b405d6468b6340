// The jobs as every screen has them: what a person chose about models holds for every analysis that starts, wherever it is started from.
import type { Jobs } from '../../jobs/jobs.ts';
import { choicesNow } from './choices.ts';

/** What one analysis names itself comes before what was chosen; it cannot switch on what was switched off. */
export function withChoices(jobs: Jobs): Jobs {
  return {
    ...jobs,
    analyse(options) {
      const { pixels, provider, ownModels } = choicesNow();
      return jobs.analyse({ provider, ownModels, ...options, models: (options.models ?? true) && pixels });
    },
    // Somebody asks for it by name: it is done even where analyses are not to look at pictures.
    outline: (options) => jobs.outline({ provider: choicesNow().provider, ...options }),
  };
}
