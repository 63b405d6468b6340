// Where networks run: WebGPU where the browser gives a real adapter, else WASM. Plain data, with the reason in one sentence.
import type { ProviderWish } from '../core/model.ts';

export interface Provider {
  readonly provider: 'webgpu' | 'wasm';
  /** One plain sentence. */
  readonly because: string;
  /** What the graphics card calls itself; missing where the browser does not say, or with WASM. */
  readonly adapter?: string | undefined;
}

export const LOST: Provider = {
  provider: 'wasm',
  because: 'A model could not be run on the graphics card, so this worker goes on with the processor.',
};

/** `wish`: auto takes a real adapter; webgpu any adapter, one made of software too; wasm none. Never rejects. */
export async function chooseProvider(wish: ProviderWish): Promise<Provider> {
  if (wish === 'wasm') return { provider: 'wasm', because: 'The processor was chosen in Settings.' };
  if (!globalThis.navigator?.gpu) return { provider: 'wasm', because: 'This browser has no WebGPU here.' };
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) return { provider: 'wasm', because: 'The browser gives pages no graphics card on this computer.' };
  // Browsers of before 2024 tell nothing about their adapters.
  const info = adapter.info as GPUAdapterInfo | undefined;
  const name = info && nameOf(info);
  if (info && isSoftware(info) && wish === 'auto')
    return { provider: 'wasm', because: 'The only WebGPU adapter here is made of software, which is slower than WASM.' };
  return {
    provider: 'webgpu',
    because: `The browser gives pages the graphics card${name ? ` (${name})` : ''}.`,
    adapter: name || undefined,
  };
}

const isSoftware = ({ isFallbackAdapter, architecture }: GPUAdapterInfo): boolean => isFallbackAdapter || architecture === 'swiftshader';

const nameOf = ({ description, vendor, architecture }: GPUAdapterInfo): string =>
  description || [vendor, architecture].filter(Boolean).join(' ');
