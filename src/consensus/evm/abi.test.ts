import { toFunctionSelector, toEventSelector, type Abi, type AbiEvent, type AbiParameter } from 'viem';
import { describe, expect, it } from 'vitest';
import { compileContracts } from '../../../scripts/compile-contracts.ts';
import { errorsAbi, marketAbi, registryAbi, tokenAbi } from './abi.ts';

const compiled = await compileContracts();

/** What a caller or a reader of logs depends on: selectors, results, what is indexed, and names. */
function shapes(abi: Abi): string[] {
  const parameter = (input: AbiParameter | AbiEvent['inputs'][number]): string =>
    `${input.type}${'components' in input ? `(${input.components.map(parameter).join(',')})` : ''}${'indexed' in input && input.indexed ? ' indexed' : ''} ${input.name ?? ''}`;
  return abi.flatMap((item) => {
    if (item.type === 'function')
      return [
        `function ${toFunctionSelector(item)} ${item.name}(${item.inputs.map(parameter).join(',')}) ${item.stateMutability} (${item.outputs.map(({ type }) => type).join(',')})`,
      ];
    if (item.type === 'event') return [`event ${toEventSelector(item)} ${item.name}(${item.inputs.map(parameter).join(',')})`];
    if (item.type === 'error') return [`error ${item.name}(${item.inputs.map(parameter).join(',')})`];
    return [];
  });
}

describe('the interfaces that this app speaks', () => {
  it.each([
    ['market', marketAbi as Abi, compiled.Market.abi],
    ['registry', registryAbi as Abi, compiled.Registry.abi],
  ])('are those of the compiled %s', (_name, ours, theirs) => {
    expect(shapes(theirs)).toEqual(expect.arrayContaining(shapes(ours)));
  });

  it('are those of the compiled token', () => {
    expect(shapes(compiled.Token.abi)).toEqual(expect.arrayContaining(shapes(tokenAbi as Abi)));
  });

  it('know every event of the market and the registry that a ledger reads', () => {
    const administrative = ['EIP712DomainChanged', 'OwnershipTransferStarted', 'OwnershipTransferred'];
    const events = (abi: Abi): string[] => abi.filter((item) => item.type === 'event').map(({ name }) => name);
    expect(
      events(compiled.Market.abi)
        .filter((name) => !administrative.includes(name))
        .sort(),
    ).toEqual(events(marketAbi as Abi).sort());
    expect(events(compiled.Registry.abi).sort()).toEqual(events(registryAbi as Abi).sort());
  });

  it('know every error that any contract in the path can raise', () => {
    const errors = (abi: Abi): string[] => shapes(abi).filter((shape) => shape.startsWith('error '));
    const raised = new Set([compiled.Market.abi, compiled.Registry.abi, compiled.Token.abi].flatMap(errors));
    expect(errors(errorsAbi as Abi).sort()).toEqual([...raised].sort());
  });
});
