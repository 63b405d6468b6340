// Transfer syntaxes: how a data set and its pixels are written (PS3.5 Annex A). One table, nothing decoded here.
import { lookup } from '../../core/lookup.ts';
import type { Encoding } from './tokens.ts';

export type CodecId = 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl' | 'deflate';

export interface TransferSyntax {
  readonly uid: string;
  readonly encoding: Encoding;
  /** The whole data set is deflated. */
  readonly deflated: boolean;
  /** Pixels are in fragments. */
  readonly encapsulated: boolean;
  readonly codec?: CodecId | undefined;
  /** What it is called where there is no decoder for it. */
  readonly name?: string | undefined;
}

const LITTLE: Encoding = { explicit: true, big: false };
const PREFIX = '1.2.840.10008.1.2';
export const IMPLICIT_LITTLE = PREFIX;
export const EXPLICIT_LITTLE = `${PREFIX}.1`;
export const EXPLICIT_BIG = `${PREFIX}.2`;

const CODECS = lookup<CodecId>({
  '.4.50': 'jpeg',
  '.4.51': 'jpeg',
  '.4.52': 'jpeg',
  '.4.53': 'jpeg',
  '.4.54': 'jpeg',
  '.4.55': 'jpeg',
  '.4.56': 'jpeg',
  '.4.57': 'jpeg-lossless',
  '.4.58': 'jpeg-lossless',
  '.4.70': 'jpeg-lossless',
  '.4.80': 'jpeg-ls',
  '.4.81': 'jpeg-ls',
  '.4.90': 'jpeg-2000',
  '.4.91': 'jpeg-2000',
  '.4.92': 'jpeg-2000',
  '.4.93': 'jpeg-2000',
  '.4.201': 'htj2k',
  '.4.202': 'htj2k',
  '.4.203': 'htj2k',
  '.4.110': 'jpeg-xl',
  '.4.111': 'jpeg-xl',
  '.4.112': 'jpeg-xl',
  '.5': 'rle',
  '.8.1': 'deflate',
});

const UNDECODED = lookup<string>({
  '.4.94': 'a JPIP reference to a server',
  '.4.95': 'a JPIP reference to a server',
  '.4.204': 'a JPIP reference to a server',
  '.4.205': 'a JPIP reference to a server',
  '.4.100': 'MPEG-2 video',
  '.4.101': 'MPEG-2 video',
  '.4.102': 'MPEG-4 video',
  '.4.103': 'MPEG-4 video',
  '.4.104': 'MPEG-4 video',
  '.4.105': 'MPEG-4 video',
  '.4.106': 'MPEG-4 video',
  '.4.107': 'HEVC video',
  '.4.108': 'HEVC video',
  '.7.1': 'uncompressed video over a network',
  '.7.2': 'uncompressed video over a network',
  '.7.3': 'uncompressed audio over a network',
});

/** MPEG syntaxes may carry `.1` at the end: fragmentable. */
const key = (uid: string) => uid.slice(PREFIX.length).replace(/^(\.4\.10\d)\.1$/, '$1');

/** What is known about a transfer syntax; unknown ones count as encapsulated explicit little endian, as private codecs are. */
export function transferSyntax(uid: string): TransferSyntax {
  const plain = { uid, encoding: LITTLE, deflated: false, encapsulated: false };
  if (uid === IMPLICIT_LITTLE) return { ...plain, encoding: { explicit: false, big: false } };
  if (uid === EXPLICIT_BIG) return { ...plain, encoding: { explicit: true, big: true } };
  if (uid === EXPLICIT_LITTLE || uid === `${PREFIX}.1.98`) return { ...plain, encapsulated: uid !== EXPLICIT_LITTLE };
  if (uid === `${PREFIX}.1.99`) return { ...plain, deflated: true };
  // Written by GE's PACS export: implicit, pixel data big endian.
  if (uid === '1.2.840.113619.5.2') return { ...plain, encoding: { explicit: false, big: false } };
  const rest = uid.startsWith(PREFIX) ? key(uid) : '';
  const codec = CODECS[rest];
  return { ...plain, encapsulated: true, codec, name: codec ? undefined : (UNDECODED[rest] ?? `an unknown transfer syntax (${uid})`) };
}
