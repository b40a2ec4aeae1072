/** What the build makes for a network inside the tab, under the name `virtual:practice-kit`: see scripts/practice-kit.ts. */
import type { KitFile } from '../src/app/demonstration-kit.ts';
import type { CompiledContracts } from '../src/consensus/evm/deploy-contracts.ts';
import type { DatasetSource } from '../src/marketplace/publish-dataset.ts';
import type { Artefacts } from '../src/protocol/heads.ts';

export declare const contracts: CompiledContracts;
export declare const artefacts: Artefacts;
export declare const digits: {
  readonly file: KitFile;
  /** What its bytes are, and how they are cut into shards. */
  readonly cut: Omit<DatasetSource, 'rows' | 'ownerSecret' | 'salt' | 'owner'>;
};
