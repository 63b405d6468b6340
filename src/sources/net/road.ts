// How files that a listing names are reached. A listing is made by a program, its files often come from elsewhere, so the first file is asked.
import type { Net, Road } from '../../core/net.ts';

/** The road to `url` by a probe; where that fails, the listing's own way, hoping for ranges. */
export async function roadOf(net: Net, of: { url: string; via: Road['via'] }): Promise<Road> {
  try {
    const { via, range } = await net.probe(of.url);
    return { via, range };
  } catch {
    return { via: of.via, range: true };
  }
}
