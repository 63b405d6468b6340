// @ts-check
// `npm run build`: the app in dist/.
import { build } from './ready.mjs';

process.exitCode = build() ? 0 : 1;
