// Starts an analysis and goes to its screen.
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Given } from '../../jobs/jobs.ts';
import { useServices } from '../services.tsx';

export function useAnalyse(): (given: readonly Given[], options?: { resume?: string }) => void {
  const { jobs, store } = useServices();
  const navigate = useNavigate();
  return useCallback(
    (given, options) => {
      const { runId } = jobs.analyse({ given, store, ...options });
      void navigate({ to: '/r/$runId', params: { runId } });
    },
    [jobs, store, navigate],
  );
}
