// Hostile and broken files: refused with a sentence, never a crash, a hang or another file's pixels.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  EXPLICIT,
  element,
  encapsulated,
  IMPLICIT,
  imageElements,
  join,
  number,
  part10,
  sequence,
} from '../../../tests/support/dicom.ts';
import type { OpenFile } from '../../core/format.ts';
import { Unreadable } from '../../core/unreadable.ts';
import dicom from '../dicom.ts';

const LITTLE = '1.2.840.10008.1.2.1';
const J2K = '1.2.840.10008.1.2.4.90';

interface Watched extends OpenFile {
  /** The furthest byte that was asked for. */
  reached: number;
}

function open(bytes: Uint8Array, size: number | undefined = bytes.length): Watched {
  const file: Watched = {
    path: 'x.dcm',
    reached: 0,
    bytes: {
      size,
      async slice(start, end) {
        file.reached = Math.max(file.reached, Math.min(end ?? bytes.length, bytes.length));
        return bytes.slice(start, end);
      },
    },
    beside: () => undefined,
  };
  return file;
}

async function refusal(work: Promise<unknown>): Promise<Unreadable> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(Unreadable);
  const unreadable = thrown as Unreadable;
  expect(unreadable.because).toMatch(/^[A-Z].*\.$/);
  return unreadable;
}

const decode = async (bytes: Uint8Array) => {
  const file = open(bytes);
  return dicom.pixels(file, { header: await dicom.read(file), first: 0, count: Number.POSITIVE_INFINITY });
};

const pixels16 = (...values: readonly number[]) => element(0x7fe00010, 'OW', join(...values.map((value) => number(value, 2))));
const tinyImage = part10(LITTLE, imageElements({ columns: 2, rows: 2 }), pixels16(1, 2, 3, 4));

describe('headers that lie', () => {
  it('refuses a value longer than the file, where nothing says what it is', async () => {
    const bytes = join(new Uint8Array(128), bytesOf('DICM'), element(0x00080005, 'UN', new Uint8Array(100), { length: 0xfffffffe }));
    expect((await refusal(dicom.read(open(bytes)))).code).toBe('E-TRUNCATED');
  });

  it('refuses an image cut in its header, and warns about one cut in its pixels', async () => {
    expect((await refusal(dicom.read(open(tinyImage.slice(0, 297))))).code).toBe('E-TRUNCATED');
    for (let end = 160; end < 360; end++) {
      const role = await dicom.read(open(tinyImage.slice(0, end))).then(
        (header) => header.role,
        (thrown: Unreadable) => thrown.code,
      );
      // Cut exactly between two elements, nobody can tell; but it is no image.
      expect(role === 'object' || role === 'E-TRUNCATED' || end >= tinyImage.length - 8, `${end}: ${role}`).toBe(true);
    }
    const cut = await dicom.read(open(tinyImage.slice(0, -2)));
    expect(cut.role).toBe('image');
    expect(cut.warnings?.[0]).toContain('6 of 8 bytes');
  });

  it('refuses an empty file and one that ends after its preamble', async () => {
    expect((await refusal(dicom.read(open(new Uint8Array(0))))).code).toBe('E-EMPTY');
    expect((await refusal(dicom.read(open(tinyImage.slice(0, 132))))).code).toBe('E-TRUNCATED');
  });

  it('refuses 20,000 nested sequences, of undefined and of stated length', async () => {
    const open20k = join(
      ...Array.from({ length: 20_000 }, () =>
        join(sequence(0x00081140, [], { open: true }).slice(0, 12), number(0xe000fffe, 4), number(0xffffffff, 4)),
      ),
    );
    expect((await refusal(dicom.read(open(part10(LITTLE, open20k))))).because).toContain('256 levels');
    const flat = new Uint8Array(20_000 * 20);
    const view = new DataView(flat.buffer);
    for (let level = 0; level < 20_000; level++) {
      const at = level * 20;
      flat.set([0x08, 0, 0x40, 0x11, 0x53, 0x51, 0, 0], at);
      view.setUint32(at + 8, flat.length - at - 12, true);
      flat.set([0xfe, 0xff, 0, 0xe0], at + 12);
      view.setUint32(at + 16, flat.length - at - 20, true);
    }
    expect((await refusal(dicom.read(open(part10(LITTLE, flat))))).because).toContain('256 levels');
    expect((await refusal(dicom.tags(open(part10(LITTLE, flat))))).because).toContain('256 levels');
  });

  it('passes a million empty items and two million empty elements without keeping them', async () => {
    const items = new Uint8Array(8_000_000);
    for (let at = 0; at < items.length; at += 8) items.set([0xfe, 0xff, 0, 0xe0], at);
    const header = await dicom.read(
      open(part10(LITTLE, element(0x00081140, 'SQ', items), imageElements({ columns: 2, rows: 2 }).slice(0), pixels16(1, 2, 3, 4))),
    );
    expect(header.shape?.columns).toBe(2);
    const elements = new Uint8Array(16_000_000);
    const view = new DataView(elements.buffer);
    for (let i = 0; i < 2_000_000; i++) {
      view.setUint16(i * 8, 9 + 2 * (i >> 16), true);
      view.setUint16(i * 8 + 2, i & 0xffff, true);
      elements.set(bytesOf('LO'), i * 8 + 4);
    }
    expect((await refusal(dicom.read(open(part10(LITTLE, elements))))).code).toBe('E-LIMIT');
  });

  it('inflates only what the header needs of a deflated bomb', async () => {
    const bomb = deflateRawSync(join(imageElements({ columns: 2, rows: 2 }), element(0x7fe00010, 'OW', new Uint8Array(16 << 20))));
    const header = await dicom.read(open(part10('1.2.840.10008.1.2.1.99', bomb)));
    expect(header.shape?.rows).toBe(2);
    const endless = deflateRawSync(element(0x00091010, 'OB', new Uint8Array(80 << 20)));
    expect((await refusal(dicom.read(open(part10('1.2.840.10008.1.2.1.99', endless))))).code).toBe('E-LIMIT');
  });

  it('refuses pixels that would not fit in memory before reading them', async () => {
    const bytes = part10(LITTLE, imageElements({ columns: 65_535, rows: 65_535 }), pixels16(0));
    expect((await refusal(decode(bytes))).code).toBe('E-TOOBIG');
  });

  it('refuses frames that are not there', async () => {
    expect((await refusal(dicom.pixels(open(tinyImage), { header: await dicom.read(open(tinyImage)), first: 5, count: 1 }))).code).toBe(
      'E-MALFORMED',
    );
  });

  it('reads bytes whose size nobody knows, and stops at their end', async () => {
    const unknown = open(tinyImage, undefined);
    Object.defineProperty(unknown.bytes, 'size', { value: undefined });
    expect((await dicom.read(unknown)).shape?.columns).toBe(2);
  });

  it('never changes prototypes, whatever a tag says', async () => {
    const before = Object.keys(Object.prototype).length;
    await dicom.tags(open(part10(LITTLE, element(0x00081030, 'LO', '__proto__'), pixels16(0))));
    expect(Object.keys(Object.prototype).length).toBe(before);
  });
});

describe('reading by prefixes', () => {
  it('asks for 4 kB of a large image and not for more', async () => {
    const file = open(part10(LITTLE, imageElements({ columns: 512, rows: 512 }), element(0x7fe00010, 'OW', new Uint8Array(524_288))));
    await dicom.read(file);
    expect(file.reached).toBe(4096);
  });

  it('goes on where the header is longer, and still stops before the pixels', async () => {
    const long = element(0x00091010, 'OB', new Uint8Array(100_000));
    const file = open(
      part10(LITTLE, long, imageElements({ columns: 512, rows: 512 }), element(0x7fe00010, 'OW', new Uint8Array(2_000_000))),
    );
    expect((await dicom.read(file)).shape?.columns).toBe(512);
    expect(file.reached).toBeLessThan(200_000);
  });

  it('reads only the frames asked for', async () => {
    const frames = Array.from({ length: 100 }, (_, frame) => new Uint8Array(8192).fill(frame));
    const file = open(part10(LITTLE, imageElements({ columns: 64, rows: 64, frames: 100 }), element(0x7fe00010, 'OW', join(...frames))));
    const pixels = await dicom.pixels(file, { header: await dicom.read(file), first: 7, count: 2 });
    expect(pixels.frames).toBe(2);
    expect([pixels.data[0], pixels.data[4096]]).toEqual([0x0707, 0x0808]);
    expect(file.reached).toBeLessThan(100_000);
  });
});

describe('random bytes', () => {
  it('are never claimed, and mutated files are refused or read, never worse', async () => {
    let seed = 20_261;
    const random = () => {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      return seed >>> 0;
    };
    for (let i = 0; i < 3000; i++) {
      const noise = Uint8Array.from({ length: 4096 }, () => random() & (i % 3 === 0 ? 0x7f : 0xff));
      expect(dicom.claim({ path: 'noise', head: noise, size: noise.length })).toBe(0);
    }
    const base = part10(
      LITTLE,
      imageElements({ more: [sequence(0x00181200, [element(0x00181000, 'LO', 'x')], { open: true })] }),
      pixels16(1, 2, 3),
    );
    for (let i = 0; i < 3000; i++) {
      const mutated = base.slice();
      for (let n = 0; n < 1 + (i % 4); n++) mutated[132 + (random() % (mutated.length - 132))] = random();
      const file = open(mutated);
      const outcome = await dicom.read(file).then(
        (header) =>
          dicom.pixels(file, { header, first: 0, count: 1 }).then(
            () => 'read',
            (thrown: unknown) => thrown,
          ),
        (thrown: unknown) => thrown,
      );
      if (outcome !== 'read') expect(outcome, `mutation ${i}`).toBeInstanceOf(Unreadable);
    }
  });

  it('of other kinds are not claimed: text, NIfTI, TIFF, zeros', () => {
    const claim = (head: Uint8Array) => dicom.claim({ path: 'x', head, size: head.length });
    expect(claim(bytesOf('The quick brown fox jumps over the lazy dog. '.repeat(20)))).toBe(0);
    expect(claim(join(number(348, 4), new Uint8Array(400)))).toBe(0);
    expect(claim(join(bytesOf('II*\0'), number(8, 4), new Uint8Array(200)))).toBe(0);
    expect(claim(new Uint8Array(4096))).toBe(0);
    expect(claim(join(number(8, 4), number(4, 4), number(0, 4), number(9, 4), new Uint8Array(100)))).toBe(0);
  });

  it('that are bare data sets are claimed, implicit, explicit and big endian', () => {
    for (const syntax of [EXPLICIT, IMPLICIT, { explicit: true, big: true }]) {
      const head = imageElements({ syntax });
      expect(dicom.claim({ path: 'x', head, size: head.length + 100 })).toBe(3);
    }
  });
});

describe('compressed frames that lie', () => {
  const size = (columns: number, rows: number) => {
    const siz = join(
      number(0xff4f, 2, true),
      number(0xff51, 2, true),
      number(41, 2, true),
      number(0, 2),
      ...[columns, rows, 0, 0, columns, rows, 0, 0].map((n) => number(n, 4, true)),
      number(1, 2, true),
      Uint8Array.of(15, 1, 1),
    );
    return join(siz, new Uint8Array(100));
  };

  it('refuses a JPEG 2000 stream of 60,000 × 60,000 under a small header', async () => {
    const file = part10(J2K, imageElements({ columns: 16, rows: 16 }), encapsulated([size(60_000, 60_000)]));
    expect((await refusal(decode(file))).because).toContain('60000 × 60000');
  });

  it('refuses garbage, in every codec', async () => {
    for (const syntax of ['.4.50', '.4.70', '.4.80', '.4.90', '.4.201', '.4.110', '.5', '.8.1']) {
      const garbage = Uint8Array.from({ length: 500 }, (_, i) => (i * 89) & 0xff);
      await refusal(decode(part10(`1.2.840.10008.1.2${syntax}`, imageElements({ columns: 16, rows: 16 }), encapsulated([garbage]))));
    }
  });

  it('refuses a broken body behind a right size', async () => {
    await refusal(decode(part10(J2K, imageElements({ columns: 16, rows: 16 }), encapsulated([size(16, 16)]))));
  });

  it('refuses fewer frames than the header says, and a fragment cut by the end of the file', async () => {
    const one = join(number(1, 4), number(64, 4), new Uint8Array(56), Uint8Array.of(253, 7));
    const header = imageElements({ columns: 2, rows: 2, bits: 8, frames: 3 });
    expect((await refusal(decode(part10('1.2.840.10008.1.2.5', header, encapsulated([one]))))).code).toBe('E-TRUNCATED');
    const single = part10('1.2.840.10008.1.2.5', imageElements({ columns: 2, rows: 2, bits: 8 }), encapsulated([one]));
    expect([...(await decode(single)).data]).toEqual([7, 7, 7, 7]);
    expect((await refusal(decode(single.slice(0, -12)))).code).toBe('E-TRUNCATED');
  });

  it('refuses more fragments than any image has, and headers are read all the same', async () => {
    const empty = new Uint8Array(1_200_000 * 8);
    for (let at = 0; at < empty.length; at += 8) empty.set([0xfe, 0xff, 0, 0xe0], at);
    const file = part10(
      '1.2.840.10008.1.2.5',
      imageElements({ columns: 2, rows: 2, bits: 8, frames: 2 }),
      element(0x7fe00010, 'OB', empty, { length: 0xffffffff }),
    );
    expect((await dicom.read(open(file))).shape?.frames).toBe(2);
    expect((await refusal(decode(file))).code).toBe('E-LIMIT');
  });

  it('says what it cannot decode', async () => {
    const video = part10(
      '1.2.840.10008.1.2.4.102',
      imageElements({ columns: 16, rows: 16, frames: 2 }),
      encapsulated([new Uint8Array(64)]),
    );
    expect((await dicom.read(open(video))).undecoded).toBe('The pixels are MPEG-4 video that cannot be decoded yet.');
    expect((await refusal(decode(video))).code).toBe('E-UNSUPPORTED');
  });
});

describe('words that every object knows', () => {
  it.each(['constructor', 'toString', '__proto__'])('a SOP class and a transfer syntax named %s are unknown ones', async (word) => {
    const sop = element(0x00080016, 'UI', `1.2.840.10008.5.1.4.1.1.${word}`);
    for (const syntax of [LITTLE, `1.2.840.10008.1.2.${word}`, `1.2.840.10008.1.2.4.${word}`]) {
      const header = await dicom.read(open(part10(syntax, sop, imageElements(), pixels16(...Array(12).fill(1)))));
      // A function in a header crosses no thread: its reader would never be heard of again.
      expect(structuredClone(header)).toEqual(header);
    }
  });
});
