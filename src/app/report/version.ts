// The version that reports carry: the one of package.json, put in by the build.
declare const __APP_VERSION__: string | undefined;

/** "dev" where no build has put one in. */
export const APP_VERSION: string = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'dev';
