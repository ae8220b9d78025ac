import type { z } from 'zod';
import { eventsOf } from '../../../../domain/code-lists.ts';
import type { Role } from '../../../../domain/kernel/roles.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { Difference } from '../../../replaying/difference.ts';
import type { ReplayedView } from '../../../replaying/outcome.ts';
import type { Replay } from '../../../replaying/replays.ts';
import { labelsIn } from '../labels.ts';
import type { replaySchema } from './schemas.ts';

export const pathOfReplay = (id: string): string => `/v1/replays/${id}`;

/** A replay as it is answered. Whoever sees no cases is told what differs, and not what stands there. */
export const replayDocument = (
  { id, status, views, startedAt, endedAt, progress, replayed, failure }: Replay,
  role: Role,
  language: Language | undefined,
): z.infer<typeof replaySchema> => ({
  id,
  status,
  views: [...views],
  startedAt,
  ...(endedAt !== undefined && { endedAt }),
  progress: progress.map(({ view, step, done }) => ({
    view,
    step,
    done,
    labels: labelsIn(language, { step: ['replay-steps', step] }),
  })),
  replayed: replayed.map((view) => replayedDocument(view, role, language)),
  ...(failure !== undefined && { failure }),
  labels: labelsIn(language, { status: ['replay-statuses', status] }),
  links: { self: pathOfReplay(id) },
});

const replayedDocument = (
  { first, tables, ...view }: ReplayedView,
  role: Role,
  language: Language | undefined,
): z.infer<typeof replaySchema>['replayed'][number] => ({
  ...view,
  tables: [...tables],
  first: first.map((each) => differenceDocument(each, role, language)),
  labels: labelsIn(language, { comparison: ['replay-comparisons', view.comparison] }),
});

const differenceDocument = (
  { table, difference, key, columns, record, events }: Difference,
  role: Role,
  language: Language | undefined,
): z.infer<typeof replaySchema>['replayed'][number]['first'][number] => {
  const seesCases = role === 'auditor';
  return {
    table,
    difference,
    ...(seesCases && { key }),
    columns: seesCases
      ? [...columns]
      : columns.map(({ column, pointer }) => ({ column, ...(pointer !== undefined && { pointer }) })),
    ...(record !== undefined && { record }),
    events: [...events],
    labels: labelsIn(language, {
      difference: ['row-differences', difference],
      ...(record !== undefined && { events: [eventsOf(record.category), events.map(({ type }) => type)] as const }),
    }),
  };
};
