// The registry of models: every plug-in file in this folder, found by the build. Nothing is listed by hand, and nothing is loaded yet.
import type { Model } from '../core/model.ts';
import type { OutlineNetwork, Outliner } from '../core/outliner.ts';

type Plug = Model | OutlineNetwork | Outliner;

const found = import.meta.glob<Plug>(['./*.ts', '!./index.ts', '!./*.test.ts'], { eager: true, import: 'default' });

/** By id, so that evidence always comes in the same order. */
const all: readonly Plug[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));

/** Networks that answer questions about whole images. */
export const models: readonly Model[] = all.filter((one): one is Model => 'evidence' in one);
/** Networks that outline; everything else about them is in their cards. */
export const outlineNetworks: readonly OutlineNetwork[] = all.filter((one): one is OutlineNetwork => 'schema' in one);
/** Who outlines without a network. */
export const outliners: readonly Outliner[] = all.filter((one): one is Outliner => 'outline' in one);
