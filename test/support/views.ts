import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { createAccessQueries } from '../../projections/access/query.ts';
import { createPersonQueries } from '../../projections/cases/person-query.ts';
import { createCaseQueries } from '../../projections/cases/query.ts';
import { openForQueries } from '../../projections/database.ts';
import { createDeadlineQueries } from '../../projections/deadlines/query.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import { createHistoryQueries } from '../../projections/history/query.ts';
import type { QueryDatabase } from '../../projections/query-database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import { createRegisterQueries } from '../../projections/registers/query.ts';
import { createReportQueries } from '../../projections/reports/query.ts';
import { type Projector, startProjector } from '../../src/projecting/projector.ts';
import { eventually } from './eventually.ts';
import type { TestLedger } from './ledger.ts';

export interface TestViews {
  readonly directory: string;
  readonly database: QueryDatabase;
  readonly projector: Projector;
  readonly cases: ReturnType<typeof createCaseQueries>;
  readonly history: ReturnType<typeof createHistoryQueries>;
  readonly handovers: ReturnType<typeof createHandoverQueries>;
  readonly reports: ReturnType<typeof createReportQueries>;
  readonly registers: ReturnType<typeof createRegisterQueries>;
  readonly deadlines: ReturnType<typeof createDeadlineQueries>;
  readonly persons: ReturnType<typeof createPersonQueries>;
  readonly reads: ReturnType<typeof createAccessQueries>;
  /** Waits until the views show everything that is in the log. */
  upToDate(): Promise<void>;
  close(): Promise<void>;
}

/** The views of a ledger, built in real threads; each call builds them from the beginning unless told where to go on. */
export const openTestViews = (
  t: Test,
  ledger: TestLedger,
  directory: string = mkdtempSync(join(ledger.directory, 'views-')),
): TestViews => {
  const database = openForQueries(directory, READ_MODELS);
  const { location: log, keyEncryptionKeyFile } = ledger;
  const projector = startProjector({ directory, log, keyEncryptionKeyFile });
  projector.onProgress(() => database.renew());
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await projector.close();
    database.close();
  };
  t.after(close);
  return {
    directory,
    database,
    projector,
    cases: createCaseQueries(database),
    history: createHistoryQueries(database),
    handovers: createHandoverQueries(database),
    reports: createReportQueries(database),
    registers: createRegisterQueries(database),
    deadlines: createDeadlineQueries(database),
    persons: createPersonQueries(database),
    reads: createAccessQueries(database),
    upToDate: async () => {
      const head = await ledger.log.head();
      if (head === undefined) return projector.caughtUp();
      await projector.waitUntilScanned(head, 60_000);
      await eventually(() => projector.statuses().every(({ position }) => position >= head)).catch(() => {
        throw new Error(`the views are not up to date: ${JSON.stringify(projector.statuses())}`);
      });
    },
    close,
  };
};

/** Every row of every view, without what is an accident of the order in which a batch came. */
export const allRows = (database: QueryDatabase): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    [
      'cases.case_status',
      'cases.case_of_office',
      'cases.case_person',
      'cases.case_search',
      'cases.person_link',
      'cases.deadline',
      'history.numbered_record',
      'history.event',
      'history.counted_case',
      'history.contribution',
      'history.register_contribution',
      'history.register_record',
      'history.register_reference',
      'history.deadline',
    ].map((table) => [
      table,
      database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
