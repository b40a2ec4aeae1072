/** Moves an anvil's clock, for tests and demonstrations of leases that end. */
import { createTestClient, http } from 'viem';

/** @param seconds to go forward; the next block stands there */
export async function advanceChain(rpcUrl: string, seconds: number): Promise<void> {
  const client = createTestClient({ mode: 'anvil', transport: http(rpcUrl) });
  await client.increaseTime({ seconds });
  await client.mine({ blocks: 1 });
}
