import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

/**
 * Imports go one way, and the domain is pure. Paths are relative to the root of the repository, with slashes; what a layer
 * may import is its own folder, the folders named here and, unless they are restricted below, packages.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  migrations: [],
  projections: ['domain', 'migrations'],
  src: ['domain', 'migrations', 'projections', 'package.json'],
};

/** Inside of the domain: what a folder may import besides itself; what stands beside the folders may import all of them. */
const DOMAIN_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  access: ['kernel'],
  reference: ['kernel'],
  person: ['kernel'],
  case: ['kernel', 'reference', 'person'],
  counting: ['kernel', 'reference', 'case'],
  handover: ['kernel', 'reference', 'case'],
  cooperation: ['kernel', 'reference'],
  erasure: ['kernel', 'reference', 'case', 'reconciliation'],
  office: ['kernel', 'reference'],
  operation: ['kernel', 'reference', 'case'],
  deadlines: ['kernel', 'reference', 'case', 'request'],
  reconciliation: ['kernel', 'reference', 'person', 'case'],
  request: ['kernel'],
  statement: ['kernel', 'reference'],
  labels: [
    'kernel',
    'access',
    'reference',
    'person',
    'case',
    'counting',
    'deadlines',
    'erasure',
    'handover',
    'request',
    'cooperation',
    'office',
    'operation',
    'reconciliation',
    'statement',
  ],
};

/** The packages that a layer may import, where it may not import every one. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  domain: /^zod$/,
  migrations: /^node:/,
};

/** Modules that only one place may import; types of them may be used in `types` too. */
const RESTRICTED: readonly { readonly module: RegExp; readonly values: RegExp; readonly types?: RegExp }[] = [
  { module: /^@eventstore\/db-client/, values: /^src\/event-log\/eventstoredb/ },
  {
    module: /^(node:)?sqlite$/,
    values:
      /^(src\/event-log\/sqlite\/|src\/process-lock\.ts$|src\/transparency\/tree-file\.ts$|projections\/database\.ts$)/,
    types: /^(migrations|projections)\//,
  },
];

/** What the domain may not touch: clocks, chance, the process and its surroundings. */
const IMPURE: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'Date.now', pattern: /\bDate\s*\.\s*now\b/ },
  { what: 'new Date() without an argument', pattern: /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/ },
  { what: 'Date() as a function', pattern: /(?<!\bnew\s+)\bDate\s*\(/ },
  { what: 'performance', pattern: global('performance') },
  { what: 'Temporal.Now', pattern: /\bTemporal\s*\.\s*Now\b/ },
  { what: 'Math.random', pattern: /\bMath\s*\.\s*random\b/ },
  { what: 'crypto', pattern: global('crypto') },
  { what: 'process', pattern: global('process') },
  { what: 'globalThis', pattern: global('globalThis') },
  { what: 'Buffer', pattern: global('Buffer') },
  { what: 'fetch', pattern: global('fetch') },
  { what: 'a timer', pattern: /(?<![\w$.])(set(Timeout|Interval|Immediate)|queueMicrotask)\b/ },
  { what: 'import()', pattern: /\bimport\s*\(/ },
  { what: 'require()', pattern: /(?<![\w$.])require\s*\(/ },
];

/** A global object or function in use, and not a property or a key of the same name. */
function global(name: string): RegExp {
  return new RegExp(`(?<![\\w$.])${name}\\s*(\\?\\.|[.[(])`);
}

interface Import {
  readonly module: string;
  readonly typeOnly: boolean;
}

/** The formatter begins each static import and export in the first column, so comments and strings give none. */
const importsOf = (source: string): readonly Import[] => [
  ...[...source.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map(
    ([, type, module = '']) => ({ module, typeOnly: type !== undefined }),
  ),
  ...[...source.matchAll(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g)].map(([, module = '']) => ({
    module,
    typeOnly: false,
  })),
];

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const forbidden = (path: string, { module, typeOnly }: Import): boolean => {
  const [layer = '', folder = ''] = path.split('/');
  if (module.startsWith('.')) {
    const [target = '', targetFolder = ''] = posix.join(posix.dirname(path), module).split('/');
    if (target !== layer) return !MAY_IMPORT[layer]?.includes(target);
    const may = layer === 'domain' ? DOMAIN_MAY_IMPORT[folder] : undefined;
    return may !== undefined && targetFolder !== folder && !may.includes(targetFolder);
  }
  const restriction = RESTRICTED.find((candidate) => candidate.module.test(module));
  if (restriction === undefined) return PACKAGES[layer]?.test(module) === false;
  return !restriction.values.test(path) && !(typeOnly && restriction.types?.test(path));
};

/** What a source file breaks of the rules, in words; empty where it keeps them. */
const violations = (path: string, source: string): readonly string[] => {
  const code = withoutComments(source);
  return [
    ...importsOf(source)
      .filter((imported) => forbidden(path, imported))
      .map(({ module }) => `${path} may not import ${module}`),
    ...(path.startsWith('domain/') ? IMPURE : [])
      .filter(({ pattern }) => pattern.test(code))
      .map(({ what }) => `${path} is to be pure and may not use ${what}`),
  ];
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

t.test('the rules know every folder of the domain', async (t) => {
  const folders = globSync('domain/*/*.ts', { cwd: ROOT }).map((path) => path.split(/[\\/]/)[1]);
  t.same([...new Set(folders)].sort(), Object.keys(DOMAIN_MAY_IMPORT).sort());
});

t.test('every source file keeps the rules', async (t) => {
  for (const layer of Object.keys(MAY_IMPORT)) {
    const paths = globSync(`${layer}/**/*.ts`, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'));
    t.not(paths.length, 0, `${layer} has source files`);
    t.same(
      paths.flatMap((path) => violations(path, readFileSync(`${ROOT}/${path}`, 'utf8'))),
      [],
      layer,
    );
  }
});

const refused: readonly (readonly [path: string, source: string])[] = [
  ['domain/case/state.ts', `import { readFileSync } from 'node:fs';`],
  ['domain/case/state.ts', `import type { Stats } from 'node:fs';`],
  ['domain/case/state.ts', `import 'node:fs';`],
  ['domain/case/state.ts', `export { join } from 'node:path';`],
  ['domain/case/state.ts', `import {\n  a,\n  b,\n} from 'fastify';`],
  ['domain/case/state.ts', `import { z } from 'zod/v4-mini';`],
  ['domain/case/state.ts', `import type { EventLog } from '../../src/event-log/port.ts';`],
  ['domain/case/state.ts', `import { query } from '../../projections/cases/query.ts';`],
  ['domain/case/state.ts', `const fs = await import('node:fs');`],
  ['domain/case/state.ts', 'const now = Date.now();'],
  ['domain/case/state.ts', 'const now = new Date();'],
  ['domain/case/state.ts', 'const now = new Date;'],
  ['domain/case/state.ts', 'const now = Date();'],
  ['domain/case/state.ts', 'const now = performance.now();'],
  ['domain/case/state.ts', 'const chance = Math.random();'],
  ['domain/case/state.ts', 'const id = crypto.randomUUID();'],
  ['domain/case/state.ts', 'const side = process.env.LEDGER_SIDE;'],
  ['domain/case/state.ts', "const side = process['env'].LEDGER_SIDE;"],
  ['domain/case/state.ts', "const answer = await fetch('http://127.0.0.1');"],
  ['domain/case/state.ts', 'setTimeout(() => undefined, 10);'],
  ['domain/case/state.ts', 'const bytes = Buffer.byteLength(text);'],
  ['domain/kernel/event.ts', `import type { CaseKind } from '../reference/case-kinds.ts';`],
  ['domain/reference/legal-bases.ts', `import { CASE_EVENT_TYPES } from '../case/events.ts';`],
  ['domain/case/state.ts', `import { linesOf } from '../counting/lines.ts';`],
  ['domain/case/state.ts', `import { recordOf } from '../stream-kinds.ts';`],
  ['projections/cases/project.ts', `import { compose } from '../../src/compose.ts';`],
  ['projections/cases/query.ts', `import { DatabaseSync } from 'node:sqlite';`],
  ['projections/runner.ts', `import { EventStoreDBClient } from '@eventstore/db-client';`],
  ['migrations/apply.ts', `import { DatabaseSync } from 'node:sqlite';`],
  ['migrations/apply.ts', `import type { Event } from '../domain/kernel/event.ts';`],
  ['migrations/apply.ts', `import { z } from 'zod';`],
  ['src/compose.ts', `import type { EventStoreDBClient } from '@eventstore/db-client';`],
  ['src/routes/v1/cases/queries.ts', `import { DatabaseSync } from 'node:sqlite';`],
  ['src/cli.ts', `import { scenario } from '../test/support/case-scenario.ts';`],
];

for (const [path, source] of refused) {
  t.test(`refused in ${path}: ${source.replaceAll('\n', ' ')}`, async (t) => {
    t.equal(violations(path, source).length, source.includes('import(') ? 2 : 1);
  });
}

const accepted: readonly (readonly [path: string, source: string])[] = [
  ['domain/case/state.ts', `import { z } from 'zod';`],
  ['domain/case/state.ts', `import { passDuring } from '../reference/border-passes.ts';`],
  ['domain/case/state.ts', 'const year = new Date(instant).getUTCFullYear() + Date.UTC(2020, 0, 1);'],
  ['domain/case/state.ts', '/** Never Date.now() or process.env here. */ // nor Math.random()\nconst a = 1;'],
  ['domain/case/state.ts', `const a = { process: 1, message: "import the process of 'node:fs'" };`],
  ['projections/cases/project.ts', `import { evolve } from '../../domain/case/history.ts';`],
  ['projections/cases/query.ts', `import type { DatabaseSync } from 'node:sqlite';`],
  ['projections/database.ts', `import { DatabaseSync } from 'node:sqlite';`],
  ['migrations/apply.ts', `import { readFileSync } from 'node:fs';`],
  ['migrations/apply.ts', `import type { DatabaseSync } from 'node:sqlite';`],
  ['src/process-lock.ts', `import { DatabaseSync } from 'node:sqlite';`],
  ['src/event-log/eventstoredb/client.ts', `import { EventStoreDBClient } from '@eventstore/db-client';`],
  ['src/compose.ts', `import { query } from '../projections/cases/query.ts';`],
];

for (const [path, source] of accepted) {
  t.test(`accepted in ${path}: ${source.replaceAll('\n', ' ')}`, async (t) => {
    t.same(violations(path, source), []);
  });
}
