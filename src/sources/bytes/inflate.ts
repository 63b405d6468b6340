// Deflate and gzip unpacked as a stream (RFC 1951, RFC 1952), several gzip members and zero padding included; gzip's CRC and length are checked.
// Long reads try the browser's own DecompressionStream; pako has the last word, because Chromium's fails on further members and on padding,
// and hands out nothing of a prefix that ends early.
/// <reference path="./pako.d.ts" />
import { Unreadable } from '../../core/unreadable.ts';

/** At 1000:1 one piece becomes at most 16 MB before a consumer can say stop. */
const PIECE = 16 << 10;
const SYNC_FLUSH = 2;

export interface InflateOptions {
  readonly kind: 'raw' | 'gzip';
  /** What is unpacked, for sentences: 'this zip entry', 'this gzip file'. */
  readonly what: string;
}

/** Milliseconds of work without a break. */
const BREATH_MS = 100;

/** A pause for other messages now and then: what packs 1000:1 would keep the thread busy for seconds between two fetches, and look hung. */
function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH_MS) return;
    await new Promise((go) => setTimeout(go, 0));
    last = performance.now();
  };
}

/** For long reads: by the browser while it can, then by pako from the same byte on. `packed` begins the packed bytes anew at each call. */
export async function* inflatedFast(packed: () => AsyncIterable<Uint8Array>, options: InflateOptions): AsyncGenerator<Uint8Array> {
  let given = 0;
  try {
    for await (const chunk of native(packed(), options.kind)) {
      given += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    // What fetching said stands; what unpacking said pako says better.
    if (error instanceof Unreadable) throw error;
  }
  let skip = given;
  for await (const chunk of inflated(packed(), options)) {
    if (skip < chunk.length) yield chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

async function* native(packed: AsyncIterable<Uint8Array>, kind: InflateOptions['kind']): AsyncGenerator<Uint8Array> {
  const iterator = pieces(packed);
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    cancel: async () => void (await iterator.return(undefined)),
  });
  const reader = source.pipeThrough(new DecompressionStream(kind === 'raw' ? 'deflate-raw' : 'gzip')).getReader();
  const breathe = breather();
  try {
    for (;;) {
      await breathe();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* pieces(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of packed) for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
}

/** Unpacks lazily: `packed` is pulled only as the consumer goes on. Throws E-TRUNCATED, E-CRC, E-MALFORMED. */
export async function* inflated(packed: AsyncIterable<Uint8Array>, options: InflateOptions): AsyncGenerator<Uint8Array> {
  const { Inflate } = await import('pako');
  const make = () => new Inflate(options.kind === 'raw' ? { raw: true } : { windowBits: 31 });
  let inflate = make();
  let out: Uint8Array[] = [];
  let sum = 0;
  const breathe = breather();
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      await breathe();
      let piece = chunk.subarray(at, at + PIECE);
      if (inflate.ended) {
        if (options.kind === 'raw') return;
        piece = piece.subarray(leadingZeros(piece));
        if (piece.length === 0) continue;
        // Neither padding nor a further member: rubbish behind the end is not part of the file.
        if (piece[0] !== 0x1f) return;
        inflate = make();
      }
      inflate.onData = (data) => {
        out.push(data);
        sum += data.length;
      };
      const ok = inflate.push(piece, SYNC_FLUSH);
      // Rubbish behind a finished member, in the same piece: pako stops without handing out the member's last bytes.
      const rubbish = !ok && inflate.msg === 'incorrect header check' && sum + inflate.strm.next_out > 0;
      if (rubbish) out.push(inflate.strm.output.subarray(0, inflate.strm.next_out));
      yield* out;
      out = [];
      if (rubbish) return;
      if (!ok && inflate.err) {
        throw damaged(inflate.msg, options.what);
      }
    }
  }
  if (!inflate.ended) throw new Unreadable('E-TRUNCATED', `${capital(options.what)} is cut short: its packed data ends in the middle.`);
}

function damaged(message: string, what: string): Unreadable {
  if (message === 'incorrect data check' || message === 'incorrect length check') return wrongCrc(what);
  return new Unreadable('E-MALFORMED', `${capital(what)} is damaged: its packed data cannot be unpacked.`);
}

export const wrongCrc = (what: string): Unreadable =>
  new Unreadable('E-CRC', `${capital(what)} is damaged: its checksum (CRC) does not match its content.`);

function leadingZeros(bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length && bytes[count] === 0) count++;
  return count;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The bytes [start, end) in growing steps: a short prefix costs one short read, a whole file few long ones; `ahead` fetches the next while one is used. */
export async function* steps(
  bytes: { slice(start: number, end: number): Promise<Uint8Array> },
  span: { start: number; end: number; first: number; ahead: boolean },
): AsyncGenerator<Uint8Array> {
  let step = span.first;
  let at = span.start;
  const next = () => {
    const want = Math.min(step, span.end - at);
    if (want <= 0) return undefined;
    const part = bytes.slice(at, at + want);
    // Nobody may be waiting when it fails; who pulls it hears of it.
    part.catch(() => undefined);
    at += want;
    step = Math.max(step, Math.min(step * 4, 4 << 20));
    return { part, want };
  };
  for (let turn = next(); turn; ) {
    const following = span.ahead ? next() : undefined;
    const part = await turn.part;
    if (part.length > 0) yield part;
    if (part.length < turn.want) return;
    turn = following ?? next();
  }
}

/** Reads longer than this are worth the start of the browser's own unpacking. */
export const LONG = 1 << 20;
