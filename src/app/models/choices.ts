// What a person has chosen about models: whether pictures are looked at, where networks run, and models of their own. Kept on this device.
import { useLocalStorage } from '@mantine/hooks';
import { readCard } from '../../core/card.ts';
import type { ProviderWish } from '../../core/model.ts';
import type { OwnModel } from '../../core/models-setting.ts';

/** A model that a person brought, and whether it is to be asked. */
export interface KeptModel extends OwnModel {
  readonly on: boolean;
}

const KEYS = { provider: 'medley-provider', pixels: 'medley-pixels', own: 'medley-own-models' } as const;
const NONE: readonly KeptModel[] = [];

export function useProvider() {
  return useLocalStorage<ProviderWish>({ key: KEYS.provider, defaultValue: 'auto', getInitialValueInEffect: false });
}

/** Whether models look at pictures at all. */
export function usePixels() {
  return useLocalStorage<boolean>({ key: KEYS.pixels, defaultValue: true, getInitialValueInEffect: false });
}

export function useOwnModels() {
  return useLocalStorage<readonly KeptModel[]>({
    key: KEYS.own,
    defaultValue: NONE,
    getInitialValueInEffect: false,
    deserialize: (text) => (text === undefined ? NONE : ownModelsOf(parsed(text))),
  });
}

/** Models as they were kept; what is no model any more (a newer or older page wrote it) is left out. */
export function ownModelsOf(kept: unknown): readonly KeptModel[] {
  if (!Array.isArray(kept)) return NONE;
  return kept.flatMap((one: { card?: unknown; url?: unknown; on?: unknown } | null): KeptModel[] => {
    try {
      return typeof one?.url === 'string' ? [{ card: readCard(one.card), url: one.url, on: one.on !== false }] : [];
    } catch {
      return [];
    }
  });
}

/** What an analysis that starts now should know. */
export function choicesNow(): { pixels: boolean; provider: ProviderWish; ownModels: readonly OwnModel[] } {
  const provider = kept(KEYS.provider);
  return {
    pixels: kept(KEYS.pixels) !== false,
    provider: provider === 'webgpu' || provider === 'wasm' ? provider : 'auto',
    ownModels: ownModelsOf(kept(KEYS.own)).flatMap(({ card, url, on }) => (on ? [{ card, url }] : [])),
  };
}

function kept(key: string): unknown {
  try {
    return parsed(localStorage.getItem(key) ?? '');
  } catch {
    // Some browsers refuse storage altogether.
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
