/** Made by the build for a network inside the tab: see scripts/practice-kit.ts. */
declare module 'virtual:practice-kit' {
  import type { KitFile } from '../src/app/demonstration-kit.ts';
  import type { CompiledContracts } from '../src/consensus/evm/deploy-contracts.ts';
  import type { DatasetSource } from '../src/marketplace/publish-dataset.ts';
  import type { Artefacts } from '../src/protocol/heads.ts';

  export const contracts: CompiledContracts;
  export const artefacts: Artefacts;
  export const digits: {
    readonly file: KitFile;
    /** What its bytes are, and how they are cut into shards. */
    readonly cut: Omit<DatasetSource, 'rows' | 'ownerSecret' | 'salt' | 'owner'>;
  };
}
