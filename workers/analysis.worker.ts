// Door of the analysis: runs the pipeline and hands its events to the page. Holds no logic.
import { expose, proxy, type Remote, wrap } from 'comlink';
import type { AnalysisDoor, AnalysisHost, ReaderDoor } from '../src/jobs/protocol.ts';
import { analyse } from '../src/pipeline/analyse.ts';
import { createControl } from '../src/pipeline/options.ts';
import type { Root } from '../src/pipeline/roots.ts';

const control = createControl();

async function* handed<Value>(next: () => Promise<readonly Value[] | undefined>): AsyncGenerator<readonly Value[]> {
  for (let some = await next(); some; some = await next()) yield some;
}

const door: AnalysisDoor = {
  async run(start, given) {
    const host = given as unknown as Remote<AnalysisHost>;
    const events = analyse(
      { ...start, roots: start.roots as Root[], known: handed(() => host.known()), found: handed(() => host.found()) },
      {
        control,
        async reader(slot, on) {
          const remote = wrap<ReaderDoor>((await host.reader(slot)) as MessagePort);
          await remote.listen(proxy(on.results));
          return { work: (jobs) => remote.work(jobs), ping: () => remote.ping() };
        },
      },
    );
    // One batch is being stored while the next is made.
    let stored: Promise<void> = Promise.resolve();
    for await (const batch of events) {
      await stored;
      stored = host.emit(batch);
      stored.catch(() => {});
    }
    await stored;
  },
  pause: () => control.pause(),
  resume: () => control.resume(),
  stop: () => control.stop(),
};

expose(door);
