// The name of a zip member as text: UTF-8 (flag bit 11 or Info-ZIP's 0x7075 field), else UTF-8 if it is valid, else code page 437 (APPNOTE appendix D).

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function nameText(raw: Uint8Array, extra: Uint8Array): string {
  // macOS writes UTF-8 without the flag; bytes that are valid UTF-8 by chance are rare in other code pages.
  return (
    decoded(raw) ??
    decoded(unicodePath(extra)) ??
    Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128]!)).join('')
  );
}

function decoded(raw: Uint8Array | undefined): string | undefined {
  if (!raw) return undefined;
  try {
    return utf8.decode(raw);
  } catch {
    return undefined;
  }
}

function unicodePath(extra: Uint8Array): Uint8Array | undefined {
  const data = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = data.getUint16(at + 2, true);
    if (data.getUint16(at, true) === 0x7075 && length > 5) return extra.subarray(at + 9, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}
