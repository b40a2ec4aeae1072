/** Made by the build for a network inside the tab: see scripts/practice-kit.ts. */
declare module 'virtual:practice-kit' {
  export const contracts: import('../src/consensus/evm/deploy-contracts.ts').CompiledContracts;
  export const artefacts: import('../src/protocol/heads.ts').Artefacts;
  export const digits: {
    readonly file: import('../src/app/demonstration-kit.ts').KitFile;
    /** What its bytes are, and how they are cut into shards. */
    readonly cut: Omit<import('../src/marketplace/publish-dataset.ts').DatasetSource, 'rows' | 'ownerSecret' | 'salt' | 'owner'>;
  };
}
