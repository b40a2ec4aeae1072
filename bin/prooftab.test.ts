/** The command as a person meets it: plain Node, a file, what is printed and the exit code. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgedReceipt } from '../src/proof/receipt-check/forged-receipt.ts';
import { concatBytes, fromHex, toHex, utf8, type Hex } from '../src/protocol/bytes.ts';
import { encodeReceipt } from '../src/protocol/receipt.ts';
import { receiptToJson } from '../src/protocol/receipt-view.ts';

const command = path.resolve(import.meta.dirname, 'prooftab.js');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function prooftab(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** The empty list of anchors with its length in a byte of its own: the same value to a lenient reader. */
function longerThanNeeded(bytes: Uint8Array): Uint8Array {
  const anchors = toHex(utf8('anchors')).slice(2);
  return fromHex(toHex(bytes).replace(`${anchors}80`, `${anchors}9800`) as Hex);
}

/** The same fields, `t` last instead of first. */
function unsorted(bytes: Uint8Array): Uint8Array {
  const end = 1 + 2 + 1 + 'prooftab/receipt/1'.length;
  return concatBytes(bytes.subarray(0, 1), bytes.subarray(end), bytes.subarray(1, end));
}

describe('prooftab', () => {
  const { receipt } = forgedReceipt();
  let folder = '';
  const file = (name: string, content: string | Uint8Array): string => {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prooftab-command-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says that a receipt holds, in four parts, and that its key is INSECURE', async () => {
    const ran = await prooftab('verify', file('receipt.cbor', encodeReceipt(receipt)));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    for (const words of ['holds.', 'INSECURE', 'mathematics', 'circuit', 'data', 'chain', 'Shows', 'Does not show', 'Assumes'])
      expect(ran.stdout).toContain(words);
  });

  it('reads the JSON view, and answers a program in JSON', async () => {
    const ran = await prooftab('verify', file('receipt.json', JSON.stringify(receiptToJson(receipt))), '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      holds: true,
      answers: [7, 2, 1, 0],
      circuit: { insecure: true },
      mathematics: { state: 'holds' },
    });
  });

  it('ends with 1 for a receipt with one changed answer', async () => {
    const { statement } = receipt;
    const changed = { ...receipt, statement: { ...statement, values: [statement.values[0] ?? 0n, (statement.values[1] ?? 0n) + 1n] } };
    const ran = await prooftab('verify', file('changed.cbor', encodeReceipt(changed)));
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('BROKEN');
  });

  it.each([
    ['a missing file', ['verify', 'nowhere.cbor'], 'Cannot read nowhere.cbor'],
    ['no file', ['verify'], 'Name one receipt file'],
    ['two files', ['verify', 'a', 'b'], 'Name one receipt file'],
    ['another command', ['forge'], 'There is no command "forge"'],
    ['an unknown option', ['verify', 'a', '--fast'], '--fast'],
  ])('ends with 2 for %s, and says what to do', async (_name, args, words) => {
    const ran = await prooftab(...args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(words);
  });

  it.each([
    ['a length in more bytes than it needs', longerThanNeeded],
    ['its first field moved to the end', unsorted],
  ])('ends with 2 for a receipt that is not canonical (%s), and says so and what to do', async (_name, change) => {
    const ran = await prooftab('verify', file('lax.cbor', change(encodeReceipt({ ...receipt, anchors: [] }))));
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'The file is not a receipt: not the canonical encoding of its value. ' +
        'The same content has one byte string only, so that it has one id: ask whoever sent it for the file as it was saved.\n',
    });
  });

  it('ends with 2 for files that are not what they are said to be', async () => {
    const good = file('good.cbor', encodeReceipt(receipt));
    const text = file('note.txt', 'hello');
    expect(await prooftab('verify', text)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Name a .json or .cbor file that was saved as a receipt.') as string,
    });
    expect(await prooftab('verify', good, '--deployment', text)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not a deployment file') as string,
    });
    expect(await prooftab('verify', good, '--rpc', 'http://127.0.0.1:1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--deployment') as string,
    });
  });

  const address = `0x${'4'.repeat(40)}`;
  const network = { chainId: 31337, rpcUrl: 'http://127.0.0.1:1', token: address, registry: address, market: address, fromBlock: 0 };

  it.each(['null', '7', JSON.stringify({ ...network, chainId: '31337' }), JSON.stringify({ ...network, market: '0x44' })])(
    'ends with 2 for a deployment file that holds %s',
    async (text) => {
      const ran = await prooftab('verify', file('good.cbor', encodeReceipt(receipt)), '--deployment', file('other.json', text));
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('not a deployment file') as string });
    },
  );

  it('says so when the chain it was told to ask does not answer, and still checks the rest', async () => {
    const deployment = file('deployment.json', JSON.stringify(network));
    const ran = await prooftab('verify', file('again.cbor', encodeReceipt(receipt)), '--deployment', deployment);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('did not answer');
  });

  it('prints help', async () => {
    expect((await prooftab('help')).stdout).toContain('prooftab verify');
    expect((await prooftab()).code).toBe(0);
  });
});
