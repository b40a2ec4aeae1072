/** Blocks, transactions and receipts as JSON-RPC writes them. A block holds one transaction at most, so each is its block's first. */
import type { Block } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { RunTxResult } from '@ethereumjs/vm';
import { numberToHex, type RpcBlock, type RpcTransactionReceipt } from 'viem';
import { toHex } from '../../protocol/bytes.ts';
import type { MinedLog } from './matching-logs.ts';

/** @param pending whether it is yet to be mined: then nothing can be found by its hash */
export function rpcBlock(block: Block, pending: boolean): RpcBlock {
  const { header, transactions } = block;
  return {
    baseFeePerGas: numberToHex(header.baseFeePerGas ?? 0n),
    blobGasUsed: numberToHex(header.blobGasUsed ?? 0n),
    difficulty: numberToHex(header.difficulty),
    excessBlobGas: numberToHex(header.excessBlobGas ?? 0n),
    extraData: toHex(header.extraData),
    gasLimit: numberToHex(header.gasLimit),
    gasUsed: numberToHex(header.gasUsed),
    hash: pending ? null : toHex(block.hash()),
    logsBloom: toHex(header.logsBloom),
    miner: header.coinbase.toString(),
    mixHash: toHex(header.mixHash),
    nonce: toHex(header.nonce),
    number: numberToHex(header.number),
    parentHash: toHex(header.parentHash),
    receiptsRoot: toHex(header.receiptTrie),
    sealFields: [],
    sha3Uncles: toHex(header.uncleHash),
    size: numberToHex(block.serialize().length),
    stateRoot: toHex(header.stateRoot),
    timestamp: numberToHex(header.timestamp),
    totalDifficulty: null,
    transactions: transactions.map((tx) => toHex(tx.hash())),
    transactionsRoot: toHex(header.transactionsTrie),
    uncles: [],
  };
}

function placeOf(block: Block) {
  return { blockHash: toHex(block.hash()), blockNumber: numberToHex(block.header.number), transactionIndex: '0x0' } as const;
}

export function rpcTransaction(block: Block, tx: TypedTransaction): object {
  const { data, gasLimit, to, ...rest } = tx.toJSON();
  return {
    ...rest,
    ...placeOf(block),
    from: tx.getSenderAddress().toString(),
    gas: gasLimit,
    hash: toHex(tx.hash()),
    input: data,
    to: to ?? null,
    type: numberToHex(tx.type),
  };
}

export function rpcReceipt(block: Block, tx: TypedTransaction, result: RunTxResult): RpcTransactionReceipt {
  const place = { ...placeOf(block), transactionHash: toHex(tx.hash()) };
  const gasUsed = numberToHex(result.totalGasSpent);
  const logs = result.receipt.logs.map(([address, topics, data], index): MinedLog => ({
    ...place,
    address: toHex(address),
    // A log has up to four topics, which viem's type spells out.
    topics: topics.map(toHex) as MinedLog['topics'],
    data: toHex(data),
    logIndex: numberToHex(index),
    removed: false,
  }));
  return {
    ...place,
    contractAddress: result.createdAddress?.toString() ?? null,
    cumulativeGasUsed: gasUsed,
    // Whatever the sender offered: the base fee is nothing, and there is nobody to tip.
    effectiveGasPrice: '0x0',
    from: tx.getSenderAddress().toString(),
    gasUsed,
    logs,
    logsBloom: toHex(result.receipt.bitvector),
    status: result.execResult.exceptionError === undefined ? '0x1' : '0x0',
    to: tx.to?.toString() ?? null,
    type: numberToHex(tx.type),
  };
}
