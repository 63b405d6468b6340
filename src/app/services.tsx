// What every screen may use: the store that keeps runs, the jobs that make them, and the models. Set once, before the first screen.
import { createContext, type ReactNode, useContext } from 'react';
import type { Store } from '../core/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ModelDesk } from '../jobs/model-desk.ts';

export interface Services {
  readonly store: Store;
  readonly jobs: Jobs;
  /** Models outside of an analysis. */
  readonly models: ModelDesk;
  /** False where the browser lets us keep nothing: runs are gone with the tab. */
  readonly lasting: boolean;
}

const Context = createContext<Services | undefined>(undefined);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <Context value={services}>{children}</Context>;
}

/** Throws outside of the provider: a mistake of ours, never of a user. */
export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error('ServicesProvider is missing');
  return services;
}
