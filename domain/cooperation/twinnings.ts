import { oneOf } from '../kernel/codes.ts';
import { exactly } from '../kernel/contribution.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import { daysOfRoughDate, doneByThen, endsAfterItBegins, type RoughDate, roughDateSchema } from '../kernel/period.ts';
import { addDays, daysOfOccurrence, type OccurredAt } from '../kernel/time.ts';
import { agreementId } from './agreements.ts';
import { type Party, pairSchema } from './parties.ts';
import { createPublicRegister, valuesOf } from './public-register.ts';

const KINDS = ['villages', 'localities', 'district-stations'] as const;
export type TwinningKind = (typeof KINDS)[number];

const kindSchema = oneOf(KINDS);

/** Pairs across the border: sister villages, twinned localities, district stations that work together. */
export const twinnings = createPublicRegister({
  category: 'twinning',
  noun: 'twinning',
  plural: 'twinnings',
  opening: {
    type: 'twinned',
    open: {
      kind: kindSchema,
      parties: pairSchema,
      agreedOn: roughDateSchema.optional().describe('Left out where the source does not say'),
      memorandum: agreementId.optional().describe('The agreement that it rests on'),
    },
    sealed: {},
  },
  events: {
    'memorandum-named': {
      shape: eventShape({ memorandum: agreementId }, {}),
      effect: {
        changes: (entries, { data, occurredAt }) => ({
          ...entries,
          memorandum: data.memorandum,
          memorandumNamed: occurredAt,
        }),
      },
    },
    ended: { shape: eventShape({ endedOn: roughDateSchema }, {}), effect: 'sets' },
  },
  lifecycle: {
    name: 'twinning',
    initial: 'not-opened',
    rows: [
      row('twinned', ['not-opened'], 'agreed', 'either'),
      row('memorandum-named', ['agreed'], 'unchanged', 'either'),
      row('ended', ['agreed'], 'ended', 'either'),
    ],
  },
  check: ({ entries }, event) => [
    doneByThen(event, event.data.agreedOn, '/agreedOn'),
    doneByThen(event, event.data.endedOn, '/data/endedOn'),
    endsAfterItBegins(entries.agreedOn, event.data.endedOn, '/data/endedOn'),
  ],
  contributes: (entries, { openedAt }) => {
    const { kind, agreedOn, memorandum, memorandumNamed, endedOn } = entries;
    if (kind !== 'district-stations' || memorandum === undefined) return [];
    const began = daysOfRoughDate((agreedOn ?? openedAt.slice(0, 'YYYY-MM-DD'.length)) as RoughDate).last;
    const named = memorandumNamed === undefined ? began : daysOfOccurrence(memorandumNamed as OccurredAt).last;
    const first = named > began ? named : began;
    const last = endedOn === undefined ? undefined : addDays(daysOfRoughDate(endedOn as RoughDate).first, -1);
    return [{ measure: 'stations-with-memorandum', first, last, ...exactly(1) }];
  },
  partiesOf: ({ parties }) => parties as readonly Party[],
  names: { memorandum: 'agreement' },
  derived: { fields: {}, of: () => ({}), insteadOf: ['memorandumNamed'] },
  filters: { kind: kindSchema, memorandum: agreementId },
  references: ({ kind, memorandum }) => ({ kind: valuesOf(kind), memorandum: valuesOf(memorandum) }),
});
