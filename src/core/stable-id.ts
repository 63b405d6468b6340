// Ids that are the same every time the same source is read: a 64-bit hash of what makes the item what it is.

/** 16 hex digits of a 64-bit mix (two cyrb53 lanes); no security meant. */
export function hash64(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b >>> 0).toString(16).padStart(8, '0') + (a >>> 0).toString(16).padStart(8, '0');
}

/** An item's id, safe as a file name: [a-z0-9-]{8,64}. */
export function itemId(key: string): string {
  return `i-${hash64(key)}`;
}
