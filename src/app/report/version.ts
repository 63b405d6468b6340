// The version that reports carry: the one of package.json.
import { version } from '../../../package.json';

export const APP_VERSION: string = version;
