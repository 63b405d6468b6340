import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseProvider } from './provider.ts';

afterEach(() => vi.unstubAllGlobals());

const info = { description: '', vendor: 'maker', architecture: 'gpu-5', isFallbackAdapter: false };
const software = { ...info, vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: true };
const browserWith = (requestAdapter: () => Promise<unknown>): void => void vi.stubGlobal('navigator', { gpu: { requestAdapter } });

describe('chooseProvider', () => {
  it('takes a real adapter, and names it', async () => {
    browserWith(async () => ({ info }));
    expect(await chooseProvider('auto')).toEqual({
      provider: 'webgpu',
      because: 'The browser gives pages the graphics card (maker gpu-5).',
      adapter: 'maker gpu-5',
    });
  });

  it('takes an adapter of which an older browser tells nothing', async () => {
    browserWith(async () => ({}));
    expect(await chooseProvider('auto')).toEqual({ provider: 'webgpu', because: 'The browser gives pages the graphics card.' });
  });

  it('takes no adapter of software unless told to', async () => {
    browserWith(async () => ({ info: software }));
    expect(await chooseProvider('auto')).toMatchObject({ provider: 'wasm', because: expect.stringContaining('software') });
    expect(await chooseProvider('webgpu')).toMatchObject({ provider: 'webgpu', adapter: 'google swiftshader' });
  });

  it('goes on without one, and says why', async () => {
    browserWith(async () => null);
    expect(await chooseProvider('webgpu')).toMatchObject({ provider: 'wasm', because: expect.stringContaining('no graphics card') });
    browserWith(() => Promise.reject(new DOMException('no')));
    expect(await chooseProvider('auto')).toMatchObject({ provider: 'wasm' });
    vi.stubGlobal('navigator', {});
    expect(await chooseProvider('auto')).toMatchObject({ provider: 'wasm', because: expect.stringContaining('no WebGPU') });
  });

  it('asks for no adapter when WASM is wished for', async () => {
    const ask = vi.fn();
    browserWith(ask);
    expect(await chooseProvider('wasm')).toMatchObject({ provider: 'wasm', because: expect.stringContaining('chosen') });
    expect(ask).not.toHaveBeenCalled();
  });
});
