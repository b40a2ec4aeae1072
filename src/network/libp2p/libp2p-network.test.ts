import { describePeerNetwork } from '../peer-network-suite.ts';
import { openMemoryNeighbourhood } from './libp2p-suite.ts';

describePeerNetwork('libp2p network', openMemoryNeighbourhood);
