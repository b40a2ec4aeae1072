import { describePeerNetwork } from '../peer-network-suite.ts';
import { openMemoryNeighbourhood } from './memory-neighbourhood.ts';

describePeerNetwork('libp2p network', openMemoryNeighbourhood);
