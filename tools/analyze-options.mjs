// @ts-check
// The words after `npm run analyze --`, read and judged. Pure.

/**
 * @typedef {object} AnalyzeOptions
 * @property {string} source URL, folder or file
 * @property {string | undefined} json file for the report; '-' is stdout
 * @property {boolean} models
 * @property {boolean} hashPixels
 * @property {string | undefined} masks folder
 * @property {number | undefined} timeoutS
 */

export const USAGE =
  'npm run --silent analyze -- <url|folder|file> [--json FILE] [--no-pixels] [--hash-pixels] [--masks DIR] [--timeout S]';

/** @param {readonly string[]} args @returns {AnalyzeOptions | string} a sentence where they cannot be understood */
export function readOptions(args) {
  /** @type {AnalyzeOptions} */
  const options = { source: '', json: undefined, models: true, hashPixels: false, masks: undefined, timeoutS: undefined };
  const rest = args.flatMap((arg) => (/^--[a-z-]+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--no-pixels') options.models = false;
    else if (word === '--hash-pixels') options.hashPixels = true;
    else if (word === '--json' || word === '--masks' || word === '--timeout') {
      const value = rest.shift();
      if (value === undefined || (value.startsWith('--') && value !== '-')) return `${word} needs a value.`;
      if (word === '--json') options.json = value;
      else if (word === '--masks') options.masks = value;
      else options.timeoutS = Number(value);
    } else if (word.startsWith('--')) return `There is no option ${word}.`;
    else if (options.source) return 'One source at a time.';
    else options.source = word;
  }
  if (!options.source) return 'Which source? Give a link, a folder or a file.';
  if (options.timeoutS !== undefined && !(options.timeoutS > 0)) return '--timeout needs a number of seconds.';
  return options;
}

/** @param {AnalyzeOptions} options @param {string} source URL as the page shall open it @returns {string} path and query of the page */
export function pagePath({ models, hashPixels }, source) {
  const query = new URLSearchParams({ src: source, headless: '1' });
  if (!models) query.set('models', '0');
  if (hashPixels) query.set('hash', '1');
  return `/?${query}`;
}
