// The floor plan as rules: who may import whom. Each is shown to catch a planted violation by scripts/architecture.test.ts.

/** The files that are a layer's door: its interface, which others may see. */
const DOORS =
  '^src/(consensus/ledger|proof/(prover|verifier)|execution/(executor|row-reader)|storage/(shard|record)-store|network/peer-network|identity/signer)\\.ts$';
const DOOR_LAYERS = '^src/(consensus|proof|execution|storage|network|identity)/';
const ROLES = '^src/(marketplace|federated|governance|incentives)/';
/** Tests and the suites that every implementation of a door runs. */
const TESTS = '(\\.test\\.ts|-suite\\.ts)$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle of imports means two ideas share a file, or one idea is cut in two: move the idea.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      // Vite's own modules exist only inside a build.
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?' },
    },
    {
      name: 'protocol-stands-alone',
      comment: 'The ground imports nothing in the repository outside itself; its tests also read the shared vectors.',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^(src|workers|kernels|devnet|e2e|bin|scripts|bench|messages|contracts)/', pathNot: '^src/protocol/' },
    },
    {
      name: 'protocol-does-no-io',
      comment: 'The ground runs in a tab, a worker and Node alike.',
      severity: 'error',
      from: { path: '^src/protocol/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kernels-stand-alone',
      comment: 'The source of our WebAssembly knows what it computes with, and not what for.',
      severity: 'error',
      from: { path: '^kernels/', pathNot: TESTS },
      to: { pathNot: '^kernels/' },
    },
    {
      name: 'model-sees-protocol',
      comment: 'model/ turns an ONNX file into an integer graph; it knows no layer.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: TESTS },
      to: { path: '^src/', pathNot: '^src/(model|protocol)/' },
    },
    {
      name: 'layers-see-doors',
      comment: "A layer sees its own folder, other layers' doors, model/ and protocol/.",
      severity: 'error',
      from: { path: DOOR_LAYERS, pathNot: TESTS },
      to: { path: '^src/', pathNot: [DOORS, '^src/(model|protocol)/', '^src/$1/'] },
    },
    {
      name: 'roles-see-doors',
      comment: 'Roles are free functions over doors, unaware of each other and of what stands behind a door.',
      severity: 'error',
      from: { path: ROLES, pathNot: TESTS },
      to: { path: '^src/', pathNot: [DOORS, '^src/(model|protocol)/', '^src/$1/'] },
    },
    {
      name: 'job-sees-roles-and-doors',
      comment: 'The main journey calls roles and doors; it knows no implementation and no screen.',
      severity: 'error',
      from: { path: '^src/job/', pathNot: TESTS },
      to: { path: '^src/', pathNot: [DOORS, ROLES, '^src/(job|model|protocol)/'] },
    },
    {
      name: 'tests-look-down',
      comment: 'A test below the app may name implementations and twins, never a screen or the app.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|ui)/' },
      to: { path: '^src/(app|ui)/' },
    },
    {
      name: 'only-compose-names-implementations',
      comment:
        'On the main thread, app/compose.ts and the compose-….ts beside it, which are loaded at other times, decide what stands behind each door.',
      severity: 'error',
      from: { path: '^src/app/', pathNot: ['^src/app/compose[a-z-]*\\.ts$', TESTS] },
      to: { path: DOOR_LAYERS, pathNot: DOORS },
    },
    {
      name: 'app-does-not-see-ui',
      comment: 'Arrows run one way: ui → app. The one entry that mounts the page is in ui/.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/ui/' },
    },
    {
      name: 'ui-sees-app-and-protocol',
      comment: 'Screens show the state that app/ holds, in words from messages/.',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: TESTS },
      to: { path: '^(src|workers|devnet|bin|scripts|contracts)/', pathNot: '^src/(ui|app|protocol)/' },
    },
    {
      name: 'nobody-imports-workers',
      comment: 'A worker is opened by its URL; nothing imports its entry, not even a type.',
      severity: 'error',
      from: { pathNot: '^workers/' },
      to: { path: '^workers/' },
    },
    {
      name: 'only-threads-wraps-workers',
      comment: 'app/threads.ts is the only place that opens workers, so it alone (and the entries) speaks comlink.',
      severity: 'error',
      from: { path: '^(src|devnet|bin|scripts)/', pathNot: '^src/app/threads(\\.test)?\\.ts$' },
      to: { path: '(^|/)node_modules/comlink/' },
    },
    {
      name: 'src-stands-alone',
      comment: 'The app and the library know neither the devnet nor the scripts nor the tests that drive them.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(devnet|e2e|bin|scripts|bench|contracts|fixtures)/' },
    },
    {
      name: 'second-ways-in-skip-the-app',
      comment: 'Worker entries, the command and the devnet compose roles and doors; the app is another way in beside them.',
      severity: 'error',
      from: { path: '^(workers|bin|devnet)/' },
      to: { path: '^src/(ui|app)/' },
    },
    {
      name: 'tests-are-leaves',
      comment: 'Nothing but a test imports a test or a suite.',
      severity: 'error',
      from: { path: '^(src|workers|devnet|bin)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'ships-no-tools',
      comment: 'What runs for a user is a dependency, not a development tool. Types leave no trace.',
      severity: 'error',
      from: { path: '^(src|workers|bin)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|dist-demo|\\.prooftab)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types', 'browser', 'svelte'] },
  },
};
