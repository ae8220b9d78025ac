import { z } from 'zod';
import { idOf } from '../../domain/kernel/codes.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import type { AsOf } from '../../projections/times.ts';
import { loadConfig } from '../config.ts';
import { asOfOf, asOfSchema, timesQuery } from '../http/times.ts';
import { eventLogLocation, readModelDirectory } from '../places.ts';
import type { ColumnDifference, Difference, EventOfDifference } from '../replaying/difference.ts';
import type { ReplayedView } from '../replaying/outcome.ts';
import { replay as replayViews } from '../replaying/replay.ts';
import { caseStepsText } from './case-steps.ts';
import { type Command, progressOf, UsageError } from './command.ts';

const VIEWS = [...READ_MODELS.map(({ name }) => name), 'all'];

/** Holds the live views against the log; a service may go on writing both. */
export const replay: Command = {
  summary: 'build views from the log apart, and compare them row by row with the live ones, also of a running service',
  options: {
    view: { type: 'string', help: `one of: ${VIEWS.join(', ')}; all when left out` },
    to: { type: 'string', help: 'a position, an instant or a date (its end); where the views stand when left out' },
    zone: { type: 'string', help: 'in which a date ends; Asia/Shanghai when left out' },
    case: { type: 'string', help: 'instead of views: one case event by event, with what each changed' },
  },
  run: async ({ view, to, zone, case: caseId }) => {
    const end = endOf(to, zone);
    if (caseId === undefined) return replayAll(String(view ?? 'all'), end);
    if (view !== undefined) throw new UsageError('give either --view or --case');
    const id = caseIdSchema.safeParse(caseId);
    if (!id.success) throw new UsageError('--case is to be the id of a case: a UUID');
    process.stdout.write(await caseStepsText(loadConfig(process.env), id.data, end));
    return true;
  },
};

const caseIdSchema = idOf('a case');

/** True where the live views are equal to what the log gives. Throws UsageError. */
const replayAll = async (view: string, end: AsOf | undefined): Promise<boolean> => {
  if (!VIEWS.includes(view)) throw new UsageError(`--view is to be one of: ${VIEWS.join(', ')}`);
  const config = loadConfig(process.env);
  const progress = progressOf('Replayed events, and compared rows');
  const done = new Map<string, number>();
  const replayed = await untilStopped((signal) =>
    replayViews(
      {
        directory: readModelDirectory(config),
        log: eventLogLocation(config),
        keyEncryptionKeyFile: config.keyEncryptionKey.file,
      },
      {
        readModels: READ_MODELS.filter(({ name }) => view === 'all' || name === view),
        to: end,
        signal,
        onProgress: (report) => {
          done.set(`${report.view} ${report.step}`, report.done);
          progress.at([...done.values()].reduce((sum, each) => sum + each, 0));
        },
      },
    ),
  );
  process.stdout.write(replayed.map(reportOf).join('\n'));
  return replayed.every(({ differences }) => differences === 0);
};

/** Throws UsageError. */
const endOf = (to: unknown, zone: unknown): AsOf | undefined => {
  const parsed = z.object({ to: asOfSchema.optional(), zone: timesQuery.zone }).safeParse({ to, zone });
  if (parsed.success) return asOfOf(parsed.data.to, parsed.data.zone);
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
};

/** A signal that ends the process ends the work first, which then leaves nothing behind. */
const untilStopped = async <Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> => {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('it was stopped; nothing is left of it'));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work(stopping.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
};

const reportOf = (replayed: ReplayedView): string => {
  const { first, differences, tables } = replayed;
  const lines = [
    headOf(replayed),
    ...tables.map(
      (each) =>
        `  ${each.table.padEnd(24)}${String(each.rows).padStart(9)} ${rowsWord(each.rows)}${each.differences > 0 ? `, ${each.differences} different` : ''}`,
    ),
    ...first.flatMap((each) => ['', ...differenceLines(each, replayed)]),
    ...(differences > first.length ? ['', `  and ${differences - first.length} more`] : []),
    '',
  ];
  return lines.join('\n');
};

const rowsWord = (count: number): string => (count === 1 ? 'row' : 'rows');

const headOf = ({ view, version, comparison, position, livePosition, events, differences }: ReplayedView): string => {
  const name = `${view} v${version}`;
  const from = `${events} events up to ${position || 'the beginning'}`;
  if (comparison === 'since') {
    return `${name}, from ${from}, held against the live view at ${livePosition}: ${differences} ${rowsWord(differences)} changed since`;
  }
  return differences === 0
    ? `${name} is EQUAL to what the log gives: every row, from ${from}`
    : `${name} DIFFERS from what the log gives in ${differences} ${rowsWord(differences)}, from ${from}`;
};

const FOUND = {
  differs: 'differs',
  'only-live': 'is only in the live view',
  'only-replayed': 'is only in what the log gives',
} as const;

const FOUND_SINCE = { differs: 'has changed', 'only-live': 'has come', 'only-replayed': 'has gone' } as const;

const differenceLines = (
  { table, difference, key, columns, record, events }: Difference,
  { comparison }: ReplayedView,
): readonly string[] => {
  const found = (comparison === 'since' ? FOUND_SINCE : FOUND)[difference];
  const place = Object.entries(key)
    .map(([column, value]) => `${column}=${value}`)
    .join(' ');
  const told = comparison === 'since' ? 'since then' : 'written last by';
  return [
    `  ${table} ${place} ${found}${record === undefined ? '' : ` (${record.category} ${record.id})`}`,
    ...columns.map(columnLine),
    ...events.map((event) => `    ${told} ${eventLine(event)}`),
  ];
};

const columnLine = ({ column, pointer = '', ...sides }: ColumnDifference): string => {
  if (!('live' in sides || 'replayed' in sides)) return `    ${column}: differs; what stands there is not told`;
  const side = (name: 'live' | 'replayed'): string => (name in sides ? JSON.stringify(sides[name]) : 'nothing');
  return `    ${column}${pointer}: live ${side('live')}, from the log ${side('replayed')}`;
};

const eventLine = ({ type, eventId, position, recordedAt }: EventOfDifference): string =>
  `${type} ${eventId} at ${position}, recorded ${recordedAt}`;
