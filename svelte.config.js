/** Svelte's compiler options; TypeScript in components is type-only, so no preprocessor is needed. */
export default {
  compilerOptions: { runes: true },
};
