// The examples of PS3.5 Annexes H, I, J and K, byte for byte, and every single-byte set.
import { describe, expect, it } from 'vitest';
import { decodeText } from './charset.ts';

const bytes = (hex: string) => Uint8Array.from(hex.trim().split(/\s+/), (pair) => Number.parseInt(pair, 16));

describe('single-byte sets', () => {
  it.each([
    ['ISO_IR 100', 'C4 6E 65 61 73', 'Äneas'],
    ['ISO_IR 101', '57 61 B3 EA 73 61', 'Wałęsa'],
    ['ISO_IR 109', 'A6', 'Ĥ'],
    ['ISO_IR 110', 'E0', 'ā'],
    ['ISO_IR 144', 'BB EE DA 63 65 DC D1 79 70 D3', 'Люкceмбypг'],
    ['ISO_IR 127', 'C7 C8', 'اب'],
    ['ISO_IR 126', 'C4 E9 EF ED F5 F3 E9 EF F2', 'Διονυσιος'],
    ['ISO_IR 138', 'F9 F8 E5 EF 5E E3 E1 E5 F8 E4', 'שרון^דבורה'],
    ['ISO_IR 148', 'D0 FE', 'Ğş'],
    ['ISO_IR 203', 'A4', '€'],
    ['ISO_IR 166', 'CA C1 AA D2 C2', 'สมชาย'],
    ['ISO_IR 13', 'D4 CF C0 DE 5E C0 DB B3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
    ['ISO_IR 192', 'E5 B0 8F E6 9D B1', '小東'],
    ['GB18030', 'CD F5 5E D0 A1 B6 AB', '王^小东'],
    ['GBK', 'CD F5 5E D0 A1 B6 AB', '王^小东'],
    ['', 'FC', 'ü'],
    ['nonsense', 'FC', 'ü'],
    ['iso-8859-7', 'C4', 'Δ'],
    ['utf-8', 'C3 A4', 'ä'],
  ])('%s', (term, hex, text) => {
    expect(decodeText(bytes(hex), [term])).toBe(text);
  });
});

describe('code extensions', () => {
  it('Japanese: JIS X 0208 by escape, delimiters go back (H.3.1)', () => {
    const name = '59 61 6D 61 64 61 5E 54 61 72 6F 75 3D 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42 40 4F 3A 1B 28 42';
    expect(decodeText(bytes(name), ['', 'ISO 2022 IR 87'])).toBe('Yamada^Tarou=山田^太郎');
  });

  it('Japanese: half-width katakana first (H.3.2)', () => {
    const name = 'D4 CF C0 DE 5E C0 DB B3 3D 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B 28 4A';
    expect(decodeText(bytes(name), ['ISO 2022 IR 13', 'ISO 2022 IR 87'])).toBe('ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎');
  });

  it('Japanese: a backslash inside two-byte text is no delimiter', () => {
    expect(decodeText(bytes('1B 24 42 3D 5C 1B 28 42 5C 41'), ['', 'ISO 2022 IR 87'])).toBe(
      `${new TextDecoder('iso-2022-jp').decode(bytes('1B 24 42 3D 5C 1B 28 42'))}\\A`,
    );
  });

  it('Japanese: JIS X 0212', () => {
    const expected = new TextDecoder('euc-jp').decode(bytes('8F B0 A1'));
    expect(decodeText(bytes('1B 24 28 44 30 21 1B 28 42 41'), ['', 'ISO 2022 IR 159'])).toBe(`${expected}A`);
  });

  it('Korean: KS X 1001 in G1, escaped anew after each delimiter (I.2)', () => {
    const name =
      '48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7 3D 1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF';
    expect(decodeText(bytes(name), ['', 'ISO 2022 IR 149'])).toBe('Hong^Gildong=洪^吉洞=홍^길동');
  });

  it('Chinese: GB 2312 in G1 (K.2)', () => {
    const name = '5A 68 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB 3D';
    expect(decodeText(bytes(name), ['', 'ISO 2022 IR 58'])).toBe('Zhang^XiaoDong=张^小东=');
  });

  it('several single-byte sets in one value', () => {
    const text = '1B 2D 46 C4 E9 1B 2D 4C BB EE';
    expect(decodeText(bytes(text), ['ISO 2022 IR 100', 'ISO 2022 IR 126', 'ISO 2022 IR 144'])).toBe('ΔιЛю');
  });

  it('passes over escapes it does not know', () => {
    expect(decodeText(bytes('41 1B 7A 42'), ['ISO_IR 100'])).toContain('A');
  });

  it('plain ASCII needs no set at all', () => {
    expect(decodeText(bytes('43 54'), ['ISO 2022 IR 87'])).toBe('CT');
  });
});
