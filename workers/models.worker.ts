// Door of the models' desk: speed, single pictures, what is kept. Holds no logic.
import { expose } from 'comlink';
import type { ModelDoor } from '../src/jobs/protocol.ts';
import { openDesk } from '../src/pipeline/desk.ts';

let desk = openDesk();

const door: ModelDoor = {
  configure: (options) => {
    desk = openDesk(options);
  },
  cards: (base) => desk.cards(base),
  outlines: (base) => desk.outlines(base),
  provider: (wish) => desk.provider(wish),
  kept: (model) => desk.kept(model),
  measure: (model, wish) => desk.measure(model, wish),
  look: (model, options) => desk.look(model, options),
  weigh: (url) => desk.weigh(url),
  forget: () => desk.forget(),
  ping: () => true,
};

expose(door);
