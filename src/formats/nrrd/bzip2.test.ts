import { describe, expect, it } from 'vitest';
import { bunzip2 } from './bzip2.ts';

/** bz2.compress of 3,000 bytes i² mod 251 and 1,000 sevens. */
const packed = new Uint8Array(
  Buffer.from(
    'QlpoOTFBWSZTWSWFzHkAAAX//+6m56yNomwU/jjvbwa1e74IhUp8JCOOA18m6Tso4mooQAK8AAAIMABMAATAAAAAAAAAAAAAAAAEGAAmAAJgAAAAAAAAAAAAAAACDAATAAEwAAAAAAAAAAAAAAAAKVVSaAaZMg0aNMmjQM1NNNBoaYaT1GmmAj1PRpqMNqmnqepmIJ+lNtFPKbKmn5NNmWUXGLzqeWWEvYLYszajsFxi8g9Om1LvljFmF0ywFjlvabgu2XMLSLkl2iyi1y4hahfWXCp6hYi5BaBdMsRc0tIv2LjU3JZBYxYS6xahdYvCWaXfL3S/Gm5LWL9y/QuQWEt8XjLil0S6JZNPXLqFsywFyi7Rcwtgs4sotoWaXKL+S6BZhbYvGXjLULZFgpvCwFtSzi4paJZJYi2haJZZaxbYtcuAWQXPLul6pdIsstGnvlrlty4JdctIt0WwXpF9JdgvEXILHLtlplziyS7hYizy55Zxf6XJLCW8LTpwixF2CxFklvS/ssgu8XtF3i1C3xfmXhL5C0iz6cEs0uuWqWQXVLAWqW7LWLHLxF6xYS+Yu8XTLCW6LXLflrluy7hdItEuWXgL7C7JZZdUuyWAvwLPLHLulxS1i3ZbBb4sJcAs8sgtAvnLwFwy1S1S1C35axbMssswv+LzC6Bf0WcXNLxF8pa5egWmXxlml1C2C2xcQsJc4sBcP7S0C5Zd0sRbguoWUWmWMWoW4LGLCXXLpFt7/xdyRThQkCWFzHk=',
    'base64',
  ),
);
const plain = [...Array.from({ length: 3000 }, (_, i) => (i * i) % 251), ...new Array(1000).fill(7)];

describe('bunzip2', () => {
  it('unpacks to what was packed', () => {
    expect([...bunzip2(packed, { limit: 4000 })]).toEqual(plain);
  });
  it('stops at the limit', () => {
    expect([...bunzip2(packed, { limit: 10 })]).toEqual(plain.slice(0, 10));
    expect([...bunzip2(packed, { limit: 3500 })]).toEqual(plain.slice(0, 3500));
  });
  it('throws RangeError where it is cut, and for anything else', () => {
    for (let length = 0; length < packed.length - 10; length += 7)
      expect(() => bunzip2(packed.slice(0, length), { limit: 4000 })).toThrow(RangeError);
    expect(() => bunzip2(new Uint8Array(100), { limit: 1 })).toThrow(RangeError);
  });
  it('neither hangs nor throws anything else when any byte is turned over', () => {
    for (let at = 0; at < packed.length; at += 3) {
      const turned = packed.slice();
      turned[at] = 255 - (turned[at] ?? 0);
      try {
        expect(bunzip2(turned, { limit: 4000 }).length).toBeLessThanOrEqual(4000);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(RangeError);
      }
    }
  });
});
