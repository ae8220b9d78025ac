import { readFileSync, writeFileSync } from 'node:fs';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import type { CaseLifecycle, CaseRow } from '../../domain/case/lifecycles/vocabulary.ts';
import { drawLifecycle } from '../../domain/kernel/diagram.ts';
import { statesOf } from '../../domain/kernel/lifecycle.ts';
import { CASE_KINDS } from '../../domain/reference/case-kinds.ts';

/** Run by itself, this file writes the README anew. */
export const RENEW = 'node test/support/lifecycle-readme.ts';

const FILE = new URL('../../domain/case/lifecycles/README.md', import.meta.url);

export const readLifecycleReadme = (): string => readFileSync(FILE, 'utf8');

const INTRODUCTION = `# The lifecycles of the six case kinds

Written from the tables in this folder by \`${RENEW}\`; a test fails when it is not up to date.

A row says: this event leads from these states to that state, by the word of this party, if these guards let it through
(\`../guards.ts\`). *either* is either side. *unchanged* leaves the case where it stands; *where it stood* leads back to where it
stood before it was set aside. What puts the record right (\`corrected\`, \`annulled\`, \`recorded-late\`) is possible in every
state and stands in no table; annulling the event that opened a case leaves the case *annulled* for good.`;

const PARTIES: Readonly<Record<CaseLifecycle['deliveringParty'], string>> = {
  requesting: 'The requesting party delivers the person, the other one receives them.',
  requested: 'The requested party delivers the person, the requesting party receives them.',
  sentencing: 'The sentencing party delivers the person, the administering party receives them; either can request it.',
};

/** The README of the tables, as it must be. */
export const lifecycleReadme = (): string => {
  const sections = CASE_KINDS.map((kind) => sectionOf(caseLifecycles[kind]));
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
};

const sectionOf = (table: CaseLifecycle): string =>
  [
    `## ${table.name}`,
    PARTIES[table.deliveringParty],
    `\`\`\`mermaid\n${drawLifecycle(table)}\`\`\``,
    [
      '| event | from | to | by | guards |',
      '|---|---|---|---|---|',
      ...table.rows.map((row) => `| ${cellsOf(table, row).join(' | ')} |`),
    ].join('\n'),
  ].join('\n\n');

const cellsOf = (table: CaseLifecycle, row: CaseRow): readonly string[] => [
  row.event,
  statesIn(table, row),
  row.to === 'unchanged' || row.to === 'where-it-stood' ? `*${row.to.replaceAll('-', ' ')}*` : row.to,
  row.by,
  row.guards.join(', '),
];

/** The states of a row; where those that are missing are fewer, these. */
const statesIn = (table: CaseLifecycle, { from }: CaseRow): string => {
  const missing = statesOf(table).filter((state) => state !== table.initial && !from.includes(state));
  return missing.length + 2 < from.length ? `*any but* ${missing.join(', ')}` : from.join(', ');
};

if (import.meta.main) writeFileSync(FILE, lifecycleReadme());
