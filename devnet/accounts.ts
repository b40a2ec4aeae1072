/** Who pays on the chain: the embedded chain's public accounts, or the one account that PROOFTAB_KEY holds on any other. */
import type { LocalAccount } from 'viem';
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { startFaults } from '../messages/en/terminal.ts';
import { isHex } from '../src/protocol/bytes.ts';

export interface Accounts {
  /** Deploys, holds the supply of the token, and asks for work. */
  readonly requester: LocalAccount;
  readonly sponsor: LocalAccount;
  /** Owns the data. */
  readonly owner: LocalAccount;
}

/** Anvil's own words: everyone knows these keys, so they are worth nothing anywhere else. */
const PUBLIC_WORDS = 'test test test test test test test test test test test junk';
const DEVELOPMENT_CHAIN = 31337;

/** @throws Error when the chain is a real one and nobody was named to pay there */
export function accountsFor(chainId: number, key = process.env['PROOFTAB_KEY']): Accounts {
  if (isHex(key, 32)) {
    const account = privateKeyToAccount(key);
    return { requester: account, sponsor: account, owner: account };
  }
  if (chainId !== DEVELOPMENT_CHAIN) throw new Error(startFaults.noPayer(chainId));
  const [requester, sponsor, owner] = [0, 1, 2].map((addressIndex) => mnemonicToAccount(PUBLIC_WORDS, { addressIndex }));
  if (!requester || !sponsor || !owner) throw new Error('three accounts were asked for');
  return { requester, sponsor, owner };
}
