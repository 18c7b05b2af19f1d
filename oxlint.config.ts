import { defineConfig, type OxlintOverride } from 'oxlint';

/** What a folder may not import, as patterns over import paths. An override replaces the options of a rule whole, so each lists all. */
type Ban = { regex: string; message: string };

const ban = (regex: string, message: string): Ban => ({ regex, message });

const testPieces = ban(String.raw`(\.test|-fixture|-contract)\.ts$`, 'Only tests import what is made for tests.');
const composition = ban(
  String.raw`/(create-app|main)\.ts$|^@leanvibe/server/(create-app|main)$`,
  'Only main.ts, the command line and tests build the app.',
);

const packages = (names: string): Ban =>
  ban(`^@leanvibe/(${names})/`, 'Packages: cli → client, server, protocol; client → protocol; server → protocol.');

const folders = (...names: string[]): Ban =>
  ban(
    String.raw`^(\.\./)+(${names.join('|')})/`,
    'The import graph stands in docs/01_memory_bank/04_system_patterns.md.',
  );

/** The server's folders, and which others each one must not know. */
const serverFolders: Record<string, string[]> = {
  database: ['access', 'events', 'http', 'messaging', 'system', 'tasks', 'web'],
  messaging: ['access', 'database', 'events', 'http', 'system', 'tasks', 'web'],
  access: ['events', 'messaging', 'system', 'tasks', 'web'],
  http: ['events', 'messaging', 'system', 'tasks', 'web'],
  events: ['system', 'tasks', 'web'],
  tasks: ['system', 'web'],
  system: ['tasks', 'web'],
  web: ['access', 'database', 'events', 'messaging', 'system', 'tasks'],
};

const restrict = (files: string[], ...patterns: Ban[]): OxlintOverride => ({
  files,
  excludeFiles: ['**/*.test.ts', '**/*-fixture.ts', '**/*-contract.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [testPieces, ...patterns] }] },
});

const tests = ['**/*.test.ts', '**/*-fixture.ts', '**/*-contract.ts', 'packages/*/test/**'];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'vitest'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['node_modules', 'packages/web/dist', 'coverage', 'reports', '.stryker-tmp', 'bench/results'],
  categories: { correctness: 'error' },
  rules: {
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-param-reassign': 'error',
    'object-shorthand': 'error',
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time comes from the Clock in deps.' },
      { object: 'Math', property: 'random', message: 'Chance comes in through deps.' },
    ],
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/no-duplicates': 'error',
    'import/no-mutable-exports': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'node/no-process-env': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-import-type-side-effects': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    'unicorn/no-new-array': 'off',
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 50 }],
  },
  overrides: [
    restrict(['packages/protocol/src/**'], packages('client|server|cli'), ban('^node:', 'The protocol runs anywhere.')),
    restrict(['packages/client/src/**'], packages('server|cli'), ban('^node:', 'The client also runs in browsers.')),
    restrict(['packages/server/src/*.ts'], packages('client|cli'), composition),
    ...Object.entries(serverFolders).map(([folder, others]) =>
      restrict([`packages/server/src/${folder}/**`], packages('client|cli'), composition, folders(...others)),
    ),
    {
      files: ['packages/web/**/*.tsx'],
      rules: { 'unicorn/filename-case': ['error', { cases: { kebabCase: true, pascalCase: true } }] },
    },
    restrict(['packages/web/src/**'], packages('server|cli'), ban('^node:', 'The app runs in browsers.')),
    restrict(
      ['packages/web/src/ui/**'],
      packages('protocol|client|server|cli'),
      folders('hub', 'shell', 'pages', 'components', 'forms'),
    ),
    {
      files: ['packages/web/src/**/*.tsx'],
      rules: {
        'unicorn/filename-case': ['error', { cases: { kebabCase: true, pascalCase: true } }],
        // Markup runs longer than logic.
        'max-lines-per-function': ['error', { max: 80 }],
      },
    },
    { files: ['packages/web/src/hub/now.ts'], rules: { 'no-restricted-properties': 'off' } },
    { files: ['packages/web/vite.config.ts'], rules: { 'import/no-default-export': 'off' } },
    { files: ['packages/*/src/main.ts'], rules: { 'node/no-process-env': 'off', 'no-restricted-imports': 'off' } },
    {
      files: ['packages/server/src/clock.ts', 'packages/client/src/timers.ts'],
      rules: { 'no-restricted-properties': 'off' },
    },
    {
      files: [...tests, 'bench/**', 'scripts/**', 'oxlint.config.ts', 'vitest*.config.ts'],
      rules: {
        'no-restricted-properties': 'off',
        'node/no-process-env': 'off',
        'max-lines-per-function': 'off',
      },
    },
    {
      files: tests,
      rules: {
        'max-lines': ['error', { max: 400 }],
        'typescript/require-array-sort-compare': 'off',
        // Whatever a fake or a stranger throws or prints.
        'typescript/no-base-to-string': 'off',
        'typescript/no-misused-spread': 'off',
        'typescript/restrict-template-expressions': 'off',
        'typescript/unbound-method': 'off',
        // Awaiting what must come is an assertion too, and fixtures assert for many tests.
        'vitest/expect-expect': 'off',
        'vitest/no-standalone-expect': 'off',
        'vitest/require-to-throw-message': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/require-mock-type-parameters': 'off',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        'vitest/valid-title': 'off',
      },
    },
    { files: ['oxlint.config.ts', 'vitest*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
});
