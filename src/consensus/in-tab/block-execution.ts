/** Runs transactions on the state that a block left: for trial, or into the next block. */
import { createBlock, type Block, type HeaderData } from '@ethereumjs/block';
import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common';
import { createLegacyTx, type TypedTransaction } from '@ethereumjs/tx';
import { createAddressFromString, createZeroAddress } from '@ethereumjs/util';
import { buildBlock, createVM, runTx, type RunTxResult, type VM } from '@ethereumjs/vm';
import type { RpcTransactionRequest } from 'viem';

export type TrialCall = Partial<Pick<RpcTransactionRequest, 'from' | 'to' | 'data' | 'gas' | 'value'>>;

/** The only chain on which the registry takes development keys. */
export const CHAIN_ID = 31337;

/** The one that the contracts are compiled for. */
export const common = createCustomCommon({ chainId: CHAIN_ID, name: 'in a tab' }, Mainnet, { hardfork: Hardfork.Prague });

/** Gas costs nothing here, so that accounts without coins can send; the limit of a block is anvil's. */
const EVERY_BLOCK = { gasLimit: 30_000_000n, baseFeePerGas: 0n } as const satisfies HeaderData;

/** Holds every block's state, by its root. It runs nothing itself: what runs, runs on copies, so that one that fails leaves no trace. */
export function createStates(): Promise<VM> {
  return createVM({ common });
}

export async function createGenesis(states: VM, timestamp: bigint): Promise<Block> {
  return createBlock({ header: { ...EVERY_BLOCK, timestamp, stateRoot: await states.stateManager.getStateRoot() } }, { common });
}

/** The block that would follow now, still without a transaction. */
export function nextBlock(parent: Block, timestamp: bigint): Block {
  const { number, stateRoot } = parent.header;
  return createBlock({ header: { ...EVERY_BLOCK, parentHash: parent.hash(), number: number + 1n, timestamp, stateRoot } }, { common });
}

export async function stateAfter(states: VM, block: Block): Promise<VM> {
  const copy = await states.shallowCopy();
  await copy.stateManager.setStateRoot(block.header.stateRoot);
  return copy;
}

/**
 * What a call would do, gas included, if it were a transaction of its sender's, signed or not.
 * @param block as which the call sees itself run; it starts from this block's state
 * @throws Error when no block could hold it
 */
export async function tryCall(states: VM, block: Block, call: TrialCall): Promise<RunTxResult> {
  const state = await stateAfter(states, block);
  // Never committed: copies share one store, and what a trial writes would stay there.
  await state.stateManager.checkpoint();
  const tx = createLegacyTx(
    { gasLimit: call.gas ?? EVERY_BLOCK.gasLimit, gasPrice: 0n, value: call.value ?? 0n, data: call.data ?? '0x', ...(call.to && { to: call.to }) },
    { common, freeze: false },
  );
  const sender = call.from === undefined ? createZeroAddress() : createAddressFromString(call.from);
  tx.getSenderAddress = () => sender;
  return runTx(state, { tx, block, skipNonce: true, skipBalance: true });
}

/** @throws Error when the transaction cannot stand in the next block: it is not signed for this chain, say, or its nonce is taken */
export async function mine(states: VM, parent: Block, timestamp: bigint, tx: TypedTransaction): Promise<{ block: Block; result: RunTxResult }> {
  const builder = await buildBlock(await stateAfter(states, parent), {
    parentBlock: parent,
    headerData: { ...EVERY_BLOCK, timestamp },
    blockOpts: { putBlockIntoBlockchain: false },
  });
  const result = await builder.addTransaction(tx);
  const { block } = await builder.build();
  return { block, result };
}
