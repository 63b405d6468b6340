// The door of the page: opens the store, starts the jobs, shows the first screen.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { sweepInterrupted } from '../jobs/alive.ts';
import { exposeHeadless } from './headless.ts';
import { keepForOffline } from './offline.ts';
import { openServices } from './open-services.ts';
import { createAppRouter } from './router.tsx';
import { ServicesProvider } from './services.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

const services = await openServices();
exposeHeadless(services);
void sweepInterrupted(services.store);
keepForOffline(services.store);
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' } },
});
const router = createAppRouter(services);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <ServicesProvider services={services}>
          <RouterProvider router={router} />
        </ServicesProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
