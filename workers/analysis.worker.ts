// Door of the analysis: runs the pipeline and hands its events to the page. Holds no logic.
import { expose, proxy, type Remote, wrap } from 'comlink';
import type { AnalysisDoor, AnalysisHost, ReaderDoor } from '../src/jobs/protocol.ts';
import { analyse } from '../src/pipeline/analyse.ts';
import { handed, tellAll } from '../src/pipeline/hand-over.ts';
import { createControl } from '../src/pipeline/options.ts';
import type { Root } from '../src/pipeline/roots.ts';

const control = createControl();

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
    await tellAll(events, (batch) => host.emit(batch));
  },
  pause: () => control.pause(),
  resume: () => control.resume(),
  stop: () => control.stop(),
};

expose(door);
