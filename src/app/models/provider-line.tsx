// Where networks run on this machine, and why, in one line.
import { useQuery } from '@tanstack/react-query';
import type { ProviderWish } from '../../core/model.ts';
import type { ProviderFound } from '../../core/models-setting.ts';
import { useServices } from '../services.tsx';
import { useProvider } from './choices.ts';

export const PROVIDER_NAMES: Readonly<Record<ProviderFound['provider'], string>> = {
  webgpu: 'WebGPU (the graphics card)',
  wasm: 'WASM (the processor)',
};

/** What went wrong, as a worker or the page said it. */
export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error && thrown.message ? thrown.message : 'That did not work.');

export function useProviderFound(wish: ProviderWish) {
  const { models } = useServices();
  return useQuery({ queryKey: ['models', 'provider', wish], queryFn: () => models.provider(wish) });
}

export function ProviderLine() {
  const [wish] = useProvider();
  const { data, error } = useProviderFound(wish);
  if (error) return <span>Models cannot run in this browser: {sentenceOf(error)}</span>;
  if (!data) return <span>Looking where models can run …</span>;
  return (
    <span>
      Models run on <strong>{PROVIDER_NAMES[data.provider]}</strong>. {data.because}
    </span>
  );
}
