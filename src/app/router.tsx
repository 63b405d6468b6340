// The screens and their addresses. `/?src=…` starts an analysis before any screen is shown, and goes to it.
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { Given } from '../jobs/jobs.ts';
import { analysisStarted } from './headless.ts';
import { runSearchOf } from './run/run-search.ts';
import { one, parseSearch, several, stringifySearch } from './search.ts';
import type { Services } from './services.tsx';
import { LostPage } from './shell/lost-page.tsx';
import { Shell } from './shell/shell.tsx';
import { StartPage } from './start/start-page.tsx';

interface StartSearch {
  readonly src?: readonly string[] | undefined;
  /** 0: no model. */
  readonly models?: string | undefined;
  /** 1: hashes of pixels. */
  readonly hash?: string | undefined;
  readonly headless?: string | undefined;
}

const rootRoute = createRootRouteWithContext<Services>()({ component: Shell, notFoundComponent: LostPage });

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): StartSearch => ({
    src: several(search.src),
    models: one(search.models),
    hash: one(search.hash),
    headless: one(search.headless),
  }),
  beforeLoad: ({ search, context }) => {
    if (!search.src) return;
    const given = search.src.map((url): Given => ({ kind: 'url', url }));
    const running = context.jobs.analyse({ given, store: context.store, models: search.models !== '0', hashPixels: search.hash === '1' });
    analysisStarted(running);
    throw redirect({ to: '/r/$runId', params: { runId: running.runId }, search: { headless: search.headless }, replace: true });
  },
  component: StartPage,
});

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/r/$runId',
  validateSearch: runSearchOf,
  component: lazyRouteComponent(() => import('./run/run-page.tsx'), 'RunPage'),
});

// Drawn by the run page itself, beside the table or instead of it.
const itemRoute = createRoute({ getParentRoute: () => runRoute, path: '/i/$itemId' });

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});

const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  component: lazyRouteComponent(() => import('./models/models-page.tsx'), 'ModelsPage'),
});

const routeTree = rootRoute.addChildren([startRoute, runRoute.addChildren([itemRoute]), settingsRoute, modelsRoute]);

export function createAppRouter(services: Services) {
  return createRouter({ routeTree, context: services, parseSearch, stringifySearch, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
