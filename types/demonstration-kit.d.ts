/** Made by the build from the model and its development key: see scripts/demonstration-kit.ts. */
declare module 'virtual:demonstration-kit' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- an ambient module cannot import by a relative name
  export const kit: import('../src/app/demonstration-kit.ts').KitSource;
}
