import { MemoryNeighbourhood } from './memory-network.ts';
import { describePeerNetwork } from './peer-network-suite.ts';

describePeerNetwork('memory network', () => {
  const neighbourhood = new MemoryNeighbourhood();
  return Promise.resolve({ join: (role, served) => Promise.resolve(neighbourhood.join(role, served)), close: () => Promise.resolve() });
});
