/** Made by the build from the model and its development key: see scripts/demonstration-kit.ts. */
declare module 'virtual:demonstration-kit' {
  export const kit: import('../src/app/demonstration-kit.ts').KitSource;
}
