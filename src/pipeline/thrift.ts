// Thrift: headers of one dataset repeat each other, and every one that crosses from a reader brings copies of its own. Here equal texts,
// lists and shapes become one, so that a hundred thousand headers fit in memory.
import type { Header, TagValue } from '../core/header.ts';

/** Distinct values remembered; what comes after is kept as it is. */
const MOST = 50_000;
/** Longer texts hardly repeat. */
const LONGEST = 256;

/** Answers headers equal to those given, sharing what is equal among them. */
export function createThrift(): (header: Header) => Header {
  const texts = new Map<string, string>();
  const values = new Map<string, unknown>();

  function text(value: string): string {
    if (value.length > LONGEST) return value;
    const known = texts.get(value);
    if (known !== undefined) return known;
    if (texts.size < MOST) texts.set(value, value);
    return value;
  }

  /** For small plain data: one object for all that read the same. */
  function one<V>(value: V): V {
    if (value === undefined) return value;
    const key = JSON.stringify(value);
    // NaN and Infinity read as null there.
    if (key.includes('null')) return value;
    const known = values.get(key);
    if (known !== undefined) return known as V;
    if (values.size < MOST && key.length <= LONGEST) values.set(key, value);
    return value;
  }

  function tag(keyword: string, value: TagValue): TagValue {
    if (typeof value === 'string') return keyword === 'SOPInstanceUID' ? value : text(value);
    return typeof value === 'number' ? value : one(value);
  }

  return (header) => {
    const tags: Record<string, TagValue> = {};
    for (const keyword of Object.keys(header.tags)) tags[text(keyword)] = tag(keyword, header.tags[keyword] as TagValue);
    const { geometry } = header;
    return {
      ...header,
      format: text(header.format),
      tags,
      shape: one(header.shape),
      geometry: geometry && { ...geometry, orientation: one(geometry.orientation), spacingMm: one(geometry.spacingMm) },
      series: header.series && text(header.series),
    };
  };
}
