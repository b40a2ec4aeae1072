/** A chain that runs in whatever page or process creates it, and ends with it. It answers as an endpoint does. */
import type { Block } from '@ethereumjs/block';
import { createTxFromRLP } from '@ethereumjs/tx';
import { createAddressFromString } from '@ethereumjs/util';
import type { RunTxResult, VM } from '@ethereumjs/vm';
import { hexToBigInt, numberToHex, type EIP1193Parameters, type PublicRpcSchema, type RpcTransactionReceipt } from 'viem';
import { fromHex, toHex, type Hex } from '../../protocol/bytes.ts';
import type { ChainProvider } from '../evm/chain-client.ts';
import { CHAIN_ID, common, createGenesis, createStates, mine, nextBlock, stateAfter, tryCall, type TrialCall } from './block-execution.ts';
import { matchingLogs, type LogQuestion, type MinedLog } from './matching-logs.ts';
import { RpcFault } from './rpc-fault.ts';
import { rpcBlock, rpcReceipt, rpcTransaction } from './rpc-shapes.ts';

/** By method, with the parameters that viem sends for it. */
type Question = EIP1193Parameters<PublicRpcSchema>;

interface Mined {
  readonly transaction: object;
  readonly receipt: RpcTransactionReceipt;
}

/**
 * Mines each transaction as it comes, in a block of its own. It knows what a ledger, its senders and a plain wallet ask, and nothing more.
 * @param clock seconds since 1970: the time of the next block, unless that would go back
 */
export async function createTabChain(clock: () => number): Promise<ChainProvider> {
  const states = await createStates();
  const now = (): bigint => BigInt(Math.floor(clock()));
  const genesis = await createGenesis(states, now());
  const blocks = [genesis];
  const logs: (readonly MinedLog[])[] = [[]];
  const mined = new Map<Hex, Mined>();
  // One after the other: each transaction stands on the state that the last one left.
  let lastSend: Promise<unknown> = Promise.resolve();

  const head = (): Block => blocks.at(-1) ?? genesis;
  // Blocks may share a second, or many transactions in one would put the chain ahead of the clock.
  const nextTime = (): bigint => {
    const [time, last] = [now(), head().header.timestamp];
    return time > last ? time : last;
  };

  /** @param name a number or a tag; the last block without one */
  const findBlock = (name: unknown = 'latest'): Block | undefined => {
    if (name === 'pending') return nextBlock(head(), nextTime());
    return name === 'latest' ? head() : blocks[Number(name)];
  };
  const blockOf = (name: unknown): Block => {
    const block = findBlock(name);
    if (block === undefined) throw new RpcFault('refused', 'block not found');
    return block;
  };
  const stateOf = async (name: unknown) => (await stateAfter(states, blockOf(name))).stateManager;

  const logsFor = ({ fromBlock, toBlock, blockHash, ...question }: LogQuestion): MinedLog[] => {
    if (blockHash !== undefined) throw new RpcFault('refused', 'logs are found by the numbers of their blocks');
    const span = logs.slice(Number(blockOf(fromBlock).header.number), Number(blockOf(toBlock).header.number) + 1);
    return matchingLogs(span.flat(), question);
  };

  const send = async (raw: Hex): Promise<Hex> => {
    const parent = head();
    const { tx, block, result } = await orRefused(async () => {
      const tx = createTxFromRLP(fromHex(raw), { common });
      return { tx, ...(await mine(states, parent, nextTime(), tx)) };
    });
    const hash = toHex(tx.hash());
    const receipt = rpcReceipt(block, tx, result);
    blocks.push(block);
    logs.push(receipt.logs);
    mined.set(hash, { transaction: rpcTransaction(block, tx), receipt });
    return hash;
  };

  const answer = async (question: Question): Promise<unknown> => {
    switch (question.method) {
      case 'eth_chainId':
        return numberToHex(CHAIN_ID);
      case 'eth_blockNumber':
        return numberToHex(head().header.number);
      case 'eth_gasPrice':
      case 'eth_maxPriorityFeePerGas':
        return numberToHex(0n);
      case 'eth_getBlockByNumber': {
        const [name, whole] = question.params;
        if (whole) throw new RpcFault('refused', 'a block names its transactions by their hashes alone');
        const block = findBlock(name);
        return block === undefined ? null : rpcBlock(block, name === 'pending');
      }
      case 'eth_getTransactionByHash':
        return mined.get(question.params[0])?.transaction ?? null;
      case 'eth_getTransactionReceipt':
        return mined.get(question.params[0])?.receipt ?? null;
      case 'eth_getLogs':
        return logsFor(question.params[0]);
      case 'eth_getBalance': {
        const [address, name] = question.params;
        const account = await (await stateOf(name)).getAccount(createAddressFromString(address));
        return numberToHex(account?.balance ?? 0n);
      }
      case 'eth_getTransactionCount': {
        const [address, name] = question.params;
        const account = await (await stateOf(name)).getAccount(createAddressFromString(address));
        return numberToHex(account?.nonce ?? 0n);
      }
      case 'eth_getCode': {
        const [address, name] = question.params;
        return toHex(await (await stateOf(name)).getCode(createAddressFromString(address)));
      }
      case 'eth_call': {
        const [call, name, ...overrides] = question.params;
        if (overrides.length > 0) throw new RpcFault('refused', 'a call is tried on the state as it is');
        return returned(await orRefused(() => tryCall(states, blockOf(name), call)));
      }
      case 'eth_estimateGas': {
        const [call, name, ...overrides] = question.params;
        if (overrides.length > 0) throw new RpcFault('refused', 'a call is tried on the state as it is');
        return numberToHex(await orRefused(() => leastGas(states, blockOf(name ?? 'pending'), call)));
      }
      case 'eth_sendRawTransaction': {
        const turn = lastSend.then(() => send(question.params[0]));
        lastSend = turn.catch(() => undefined);
        return turn;
      }
      default:
        throw new RpcFault('unknown-method', `the method ${question.method} does not exist`);
    }
  };
  return { request: (question) => answer(question as Question) };
}

/** What the machine cannot run at all (a nonce that is taken, too little gas to begin) is said as an endpoint says it. */
async function orRefused<Value>(step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof RpcFault ? error : new RpcFault('refused', error instanceof Error ? error.message : String(error));
  }
}

/** The smallest limit with which a call succeeds: more than it spends, where it hands on a share of what it has left. */
async function leastGas(states: VM, block: Block, call: TrialCall): Promise<bigint> {
  const whole = await tryCall(states, block, call);
  returned(whole);
  let enough = call.gas === undefined ? block.header.gasLimit : hexToBigInt(call.gas);
  let tooLittle = whole.totalGasSpent - 1n;
  while (enough - tooLittle > 1n) {
    const gas = (enough + tooLittle) / 2n;
    const { execResult } = await tryCall(states, block, { ...call, gas: numberToHex(gas) });
    if (execResult.exceptionError === undefined) enough = gas;
    else tooLittle = gas;
  }
  return enough;
}

/** @throws RpcFault when the call did not succeed */
function returned({ execResult: { exceptionError, returnValue } }: RunTxResult): Hex {
  if (exceptionError === undefined) return toHex(returnValue);
  if (exceptionError.error === 'revert') throw new RpcFault('reverted', 'execution reverted', toHex(returnValue));
  throw new RpcFault('refused', exceptionError.error);
}
