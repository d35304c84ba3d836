// The architecture as one table: which folders of src/ a folder may import from (and from whatever those may import).
export const layers = {
  kernel: [],
  iam: ['kernel'],
  reference: ['iam'],
  policy: ['iam', 'reference'],
  evaluate: ['policy'],
  snapshot: ['policy'],
  access: ['evaluate', 'snapshot'],
  finding: ['snapshot'],
  account: ['access'],
  analyze: ['access', 'finding', 'account'],
  report: ['finding'],
  'alert-content': ['report'],
  ports: ['finding'],
  evidence: ['finding'],
  collect: ['ports'],
  postgres: ['kernel'],
  store: ['ports', 'postgres'],
  queue: ['ports', 'postgres'],
  publish: ['ports'],
  alert: ['ports', 'alert-content'],
  outbox: ['ports', 'alert-content'],
  log: ['ports'],
  schedule: ['kernel'],
  daemon: ['schedule', 'ports'],
  http: ['daemon', 'report'],
  config: ['report', 'schedule'],
  emulator: ['account', 'analyze'],
  audit: ['analyze', 'report', 'ports'],
};

const folders = Object.keys(layers);
const reachable = (folder, seen = new Set()) => {
  for (const next of layers[folder]) if (!seen.has(next)) reachable(next, seen.add(next));
  return seen;
};
const sdk = '^node_modules/(@aws-sdk|@smithy)/';
const tests = '(\\.test\\.ts$)|(^test/)|(/testing/)';

export default {
  forbidden: [
    ...folders.map((folder) => ({
      name: `layer-${folder}`,
      severity: 'error',
      comment: `src/${folder} may import from: ${[...reachable(folder)].sort().join(', ') || 'nothing'}`,
      from: { path: `^src/${folder}/`, pathNot: tests },
      to: { path: '^src/', pathNot: `^src/(${[folder, ...reachable(folder)].join('|')})/` },
    })),
    {
      name: 'folder-needs-a-row',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${[...folders, 'cli'].join('|')})/` },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/cli/|${tests}` },
      to: { path: '^src/cli/' },
    },
    {
      name: 'emulator-only-for-cli-and-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(emulator|cli)/|${tests}` },
      to: { path: '^src/emulator/' },
    },
    {
      name: 'node-built-ins-at-the-edge',
      severity: 'error',
      comment:
        'reference/iam-data-files.ts reads the data files of its package, as an import would; crypto and zlib only reckon',
      from: {
        path: '^src/',
        pathNot: `^src/(cli|config|emulator|collect|store|publish|alert|log|daemon|http|postgres)/|^src/reference/iam-data-files\\.ts$|${tests}`,
      },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    {
      name: 'aws-sdk-in-its-folders',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(collect|emulator|alert|publish)/|${tests}` },
      to: { path: sdk },
    },
    {
      name: 'database-in-its-folder',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '^node_modules/kysely/|^(node:)?sqlite$' },
    },
    {
      name: 'postgres-in-its-folders',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(postgres|store)/|${tests}` },
      to: { path: '^node_modules/pg/' },
    },
    {
      name: 'service-reference-in-its-folder',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/reference/' },
      to: { path: '^node_modules/@cloud-copilot/' },
    },
    {
      name: 'sub-folders-are-private',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: tests },
      to: { path: '^src/([^/]+)/[^/]+/', pathNot: '^src/$1/' },
    },
    {
      name: 'checks-stand-alone',
      severity: 'error',
      from: { path: '^src/analyze/checks/[^/]+/', pathNot: tests },
      to: { path: '^src/analyze/checks/[^/]+/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
