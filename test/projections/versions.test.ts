import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import t from 'tap';
import type { ReadModel } from '../../projections/database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';

/**
 * What every version of a read model was built by: a digest of its sources. A changed digest means that rows may come out otherwise, so
 * that old ones must not be gone on with: give the read model its next version. Where they come out the same, put the new digest in
 * place of the old one and say why in `unchanged`.
 */
interface Built {
  readonly version: number;
  readonly sources: string;
  /** Why the rows are the same although the sources changed since the version was given. */
  readonly unchanged?: string;
}

const BUILT: Readonly<Record<string, Built>> = {
  access: {
    version: 3,
    sources: '6ac307fae77a7db5',
    unchanged: 'the same indexes are made later, and the beginning of the names of its streams stands in one place',
  },
  cases: {
    version: 5,
    sources: '2c71259716244b82',
    unchanged:
      'the same indexes are made later, keys of other records than cases were never destroyed, and what is refused is worded otherwise',
  },
  history: {
    version: 7,
    sources: '89aea30272e23a49',
    unchanged: 'a correction of what followed on a statement could not be recorded',
  },
};

const ROOT = new URL('../../', import.meta.url);

/** Views are made of these and of all that they import; `upcast.ts` stands before all of them. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  cases: ['projections/cases/project.ts', 'domain/case/upcast.ts'],
  history: [
    'projections/history/project.ts',
    'projections/handovers/project.ts',
    'projections/registers/project.ts',
    'domain/stream-kinds.ts',
  ],
  access: ['projections/access/project.ts'],
};

const importsOf = (source: string): readonly string[] =>
  [...source.matchAll(/^(?:import|export)\s[^'"]*?from\s+'(\.[^']+)'/gm)].map(([, path]) => path as string);

/** The files of the project that a file runs with, itself included; types alone make no difference. */
const reachedFrom = (entries: readonly string[]): ReadonlySet<string> => {
  const reached = new Set(entries);
  for (const file of reached) {
    const url = new URL(file, ROOT);
    const code = stripTypeScriptTypes(readFileSync(url, 'utf8'));
    for (const path of importsOf(code)) reached.add(new URL(path, url).href.slice(ROOT.href.length));
  }
  return reached;
};

/** Without comments and spaces, which change no row. */
const codeOf = (file: string): string => {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  const code = file.endsWith('.ts')
    ? stripTypeScriptTypes(text).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    : text.replace(/--.*$/gm, '');
  return code.replace(/\s+/g, '');
};

const digestOf = ({ name, schema, indexes }: ReadModel): string => {
  const sql = ['checkpoint', ...schema, ...indexes].map((file) => `migrations/read-model/${file}.sql`);
  const files = [...reachedFrom(ENTRIES[name] ?? []), ...sql].sort();
  return createHash('sha256').update(files.map(codeOf).join('\n')).digest('hex').slice(0, 16);
};

for (const readModel of READ_MODELS) {
  const { name, version } = readModel;
  t.test(`the rows of ${name} version ${version} are made by the sources that it was given for`, async (t) => {
    const built = BUILT[name];
    const digest = digestOf(readModel);
    t.same(
      { version: built?.version, sources: built?.sources },
      { version, sources: digest },
      `what ${name} is built by has changed to '${digest}': give it its next version in projections/read-models.ts and enter both in ` +
        'this file, or, where every row stays the same, enter the digest alone with the reason in `unchanged`',
    );
  });
}
