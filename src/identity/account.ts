/** The account that a tab makes for itself: no wallet, no sign-up. Its secret lies encrypted under a key that no script can read. */
import { concatBytes, isHex, toHex, utf8, type Hex } from '../protocol/bytes.ts';
import type { Address } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { newBoxKeyPair } from '../protocol/wrapped-key.ts';
import type { RecordStore } from '../storage/record-store.ts';
import { addressOf, newSecretKey, signClaimWith } from './claim-signature.ts';
import type { ClaimToSign, Signer } from './signer.ts';

/** A list, of which the first entry counts: two tabs that start at once both append, and both then read the same account. */
export const ACCOUNT_RECORD = 'account';

/** Binds the ciphertext to its use and address, so that a record cannot be put together from two. */
const associatedData = (address: Address) => concatBytes(utf8('prooftab/account/1'), utf8(address.toLowerCase()));

interface StoredAccount {
  readonly address: Address;
  /** Non-extractable AES-GCM-256. */
  readonly sealing: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  /** Non-extractable X25519, or P-256 where the browser lacks it. */
  readonly box: CryptoKeyPair;
  readonly boxPublic: Hex;
}

/** The stored account is there and cannot be used. It is kept: only its holder should decide to start anew. */
export interface AccountFailure {
  readonly kind: 'account-unreadable';
}

/**
 * The account of this browser profile, made on first use.
 * It lives and dies with the site's data: whoever clears that has a new, empty account.
 */
export async function openAccount(records: RecordStore): Promise<Result<Signer, AccountFailure>> {
  if ((await records.list(ACCOUNT_RECORD)).length === 0) await records.append(ACCOUNT_RECORD, await newAccount());
  const [stored] = await records.list(ACCOUNT_RECORD);
  if (!isStoredAccount(stored) || !(await opens(stored))) return fail({ kind: 'account-unreadable' });
  return ok(signerFor(stored));
}

async function newAccount(): Promise<StoredAccount> {
  const secretKey = newSecretKey();
  const address = addressOf(secretKey);
  const sealing = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: associatedData(address) }, sealing, secretKey);
  secretKey.fill(0);
  const box = await newBoxKeyPair();
  const boxPublic = toHex(new Uint8Array(await crypto.subtle.exportKey('raw', box.publicKey)));
  return { address, sealing, iv, sealedSecret: new Uint8Array(sealed), box, boxPublic };
}

function signerFor(account: StoredAccount): Signer {
  return {
    address: async () => account.address,
    signClaim: (claim: ClaimToSign) => withSecret(account, (secretKey) => signClaimWith(secretKey, claim)),
    boxKey: async () => account.box,
    boxPublicKey: async () => account.boxPublic,
  };
}

/** The secret is in memory only for the length of one use. */
async function withSecret<Value>(account: StoredAccount, use: (secretKey: Uint8Array) => Value): Promise<Value> {
  const secretKey = new Uint8Array(
    await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: account.iv, additionalData: associatedData(account.address) },
      account.sealing,
      account.sealedSecret,
    ),
  );
  try {
    return use(secretKey);
  } finally {
    secretKey.fill(0);
  }
}

async function opens(account: StoredAccount): Promise<boolean> {
  try {
    return await withSecret(account, (secretKey) => addressOf(secretKey) === account.address);
  } catch (thrown) {
    if (thrown instanceof DOMException) return false;
    throw thrown;
  }
}

function isStoredAccount(value: unknown): value is StoredAccount {
  if (typeof value !== 'object' || value === null) return false;
  const record: Partial<Record<keyof StoredAccount, unknown>> = value;
  return (
    isHex(record.address, 20) &&
    record.sealing instanceof CryptoKey &&
    record.iv instanceof Uint8Array &&
    record.sealedSecret instanceof Uint8Array &&
    isKeyPair(record.box) &&
    isHex(record.boxPublic)
  );
}

function isKeyPair(value: unknown): value is CryptoKeyPair {
  return (
    typeof value === 'object' &&
    value !== null &&
    'publicKey' in value &&
    'privateKey' in value &&
    value.publicKey instanceof CryptoKey &&
    value.privateKey instanceof CryptoKey
  );
}
