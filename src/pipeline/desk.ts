// The desk of models with a network of its own: weights of hosts that refuse pages come through the relay, as data does.
import { createDesk } from '../models/desk/desk.ts';
import { createContext } from './context.ts';
import { throughNet } from './through-net.ts';

/** One a worker. `proxy`: path of our relay. */
export const openDesk = ({ proxy }: { proxy?: string | undefined } = {}) => createDesk({ get: throughNet(createContext({ proxy }).net) });
