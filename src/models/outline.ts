// Tumours, lesions and organs: what is a region (public/models/outline.card.json). Who is shown to it, and how its answers are read, is in its card.
import { OUTLINE_SCHEMA } from '../core/outline-card.ts';
import type { OutlineNetwork } from '../core/outliner.ts';

export default { id: 'outline', schema: OUTLINE_SCHEMA } satisfies OutlineNetwork;
