// What the linter insists on: strict TypeScript with types wherever the program runs, Svelte's own rules, and nothing muted.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const strict = {
  // `void promise` marks a promise that is meant to run on; a forgotten one is a fault that nobody sees.
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // Numbers read well in a template; objects do not.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // Doors return promises on every method, so that a thread can stand where a function does; many have nothing to await.
  '@typescript-eslint/require-await': 'off',
  // Indexed access is bounded by the loop around it; without noUncheckedIndexedAccess an assertion is the honest form.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // `return response.end(…)` is an early return that reads well.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  // Edges compare parsed data against its type on purpose.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportAllDeclaration', message: 'No barrels: import the file that defines the name.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
    { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing is called the same everywhere.' },
  ],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
};

/** What reaches outside by itself. `crypto.subtle` stays: it computes. */
const IO_GLOBALS = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'RTCPeerConnection',
  'BroadcastChannel',
  'Worker',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'caches',
  'navigator',
  'location',
  'window',
  'document',
  'process',
  'console',
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-demo/',
      'build/',
      '.prooftab/',
      'node_modules/',
      'contracts/cache/',
      'contracts/out/',
      'test-results/',
      'playwright-report/',
      'coverage/',
      'contracts/bin/',
      '.svelte-kit/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname } },
    rules: strict,
  },
  {
    // An import rule cannot see a global: the ground runs in a tab, a worker and Node alike, and touches none of them.
    files: ['src/protocol/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { globals: IO_GLOBALS.map((name) => ({ name, message: 'src/protocol/ does no I/O.' })), checkGlobalObject: true },
      ],
    },
  },
  svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
  },
  {
    // Tools ask for a default export by their own rules.
    files: ['*.config.ts', '*.config.js', '.dependency-cruiser.cjs', '**/*.svelte', 'e2e/fixtures/prepare.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.{js,cjs,mjs}'], languageOptions: { globals: globals.node }, rules: { 'no-restricted-syntax': 'off' } },
);
