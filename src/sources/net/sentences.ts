// What a person reads when the network says no. No network here, only words.
import { Unreadable, type UnreadableCode } from '../../core/unreadable.ts';

/** The host of a URL for a sentence; the whole text where it is no URL. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
}

/** The failure for an HTTP status that is neither 2xx nor 416. `retryAfter` is the header as sent (seconds or a date). */
export function refusedBy(url: string, status: number, retryAfter?: string | null): Unreadable {
  const host = hostOf(url);
  if (status === 401 || status === 403 || status === 407)
    return new Unreadable('E-DENIED', `${host} refuses access to this address (${status}): it needs sign-in, or a link with permission.`);
  if (status === 404 || status === 410)
    return new Unreadable('E-NOTFOUND', `There is nothing at this address: ${host} does not know it (${status}).`);
  if (status === 429)
    return new Unreadable('E-429', `${host} limits how often it may be asked (429). ${waitText(retryAfter)}, then try again.`);
  if (status >= 500) return new Unreadable('E-SERVER', `${host} has a problem of its own (${status}). Try again later.`);
  return new Unreadable('E-SERVER', `${host} did not accept the request (${status}).`);
}

/** The failure for an S3-style `<Error><Code>…` reply; undefined where the text is none or the code says nothing more than the status. */
export function bucketRefusal(url: string, xml: string): Unreadable | undefined {
  const code = /<Error>[\s\S]*?<Code>([^<]{1,64})<\/Code>/.exec(xml)?.[1];
  const host = hostOf(url);
  if (code === 'AccessDenied' || code === 'AllAccessDisabled')
    return new Unreadable('E-DENIED', `${host} does not let everybody list or read this bucket (AccessDenied).`);
  if (code === 'NoSuchBucket') return new Unreadable('E-NOTFOUND', `There is no bucket of this name at ${host} (NoSuchBucket).`);
  if (code === 'NoSuchKey') return new Unreadable('E-NOTFOUND', `There is no file at this address in the bucket at ${host} (NoSuchKey).`);
  if (code === 'SlowDown')
    return new Unreadable('E-429', `${host} asks to be read more slowly (SlowDown). Wait a few minutes, then try again.`);
  if (code === 'PermanentRedirect' || code === 'TemporaryRedirect')
    return new Unreadable('E-NOTFOUND', `This bucket lives in another region than ${host} (${code}). Use the address of its own region.`);
  return undefined;
}

function waitText(retryAfter: string | null | undefined): string {
  const seconds = Number(retryAfter);
  if (!retryAfter || !Number.isFinite(seconds) || seconds <= 0) return 'Wait a few minutes';
  return seconds < 90 ? `Wait ${Math.ceil(seconds)} seconds` : `Wait ${Math.ceil(seconds / 60)} minutes`;
}

export const corsRefused = (url: string): Unreadable =>
  new Unreadable(
    'E-CORS',
    `${hostOf(url)} does not allow browsers to read this file (CORS), or cannot be reached. Turn on the relay, download the file and drop it here, or ask the host to send Access-Control-Allow-Origin.`,
  );

export const unreachable = (url: string, cause?: unknown): Unreadable =>
  new Unreadable('E-NETWORK', `${hostOf(url)} could not be reached: the connection failed.`, { cause });

export const silent = (url: string, seconds: number): Unreadable =>
  new Unreadable('E-NETWORK', `${hostOf(url)} stopped answering: nothing arrived for ${seconds} seconds.`);

export const cutShort = (url: string): Unreadable =>
  new Unreadable('E-TRUNCATED', `The connection to ${hostOf(url)} ended before the whole reply had arrived.`);

export const changed = (): Unreadable =>
  new Unreadable('E-CHANGED', 'This file changed on the server while it was being read. Analyse it again to read the new version.');

export const noRange = (url: string): Unreadable =>
  new Unreadable('E-NORANGE', `${hostOf(url)} sends only whole files, so a part from the middle cannot be read.`);

export const stopped = (): Unreadable => new Unreadable('E-ABORTED', 'Reading was stopped.');

export const badAddress = (): Unreadable =>
  new Unreadable('E-NOTFOUND', 'This is not a web address that can be opened: it must begin with https:// or http://.');

const CODES: ReadonlySet<string> = new Set<UnreadableCode>([
  'E-CORS',
  'E-NETWORK',
  'E-NOTFOUND',
  'E-DENIED',
  'E-429',
  'E-SERVER',
  'E-HTML',
  'E-NORANGE',
  'E-CHANGED',
  'E-TOOBIG',
  'E-LIMIT',
  'E-ABORTED',
]);

/** The relay's own refusal: its sentence, its code where we know it. */
export function refusedByRelay(url: string, said: { code?: unknown; because?: unknown } | undefined): Unreadable {
  const code = typeof said?.code === 'string' && CODES.has(said.code) ? (said.code as UnreadableCode) : 'E-NETWORK';
  const because = typeof said?.because === 'string' && said.because ? said.because : `The relay could not read from ${hostOf(url)}.`;
  return new Unreadable(code, because);
}
