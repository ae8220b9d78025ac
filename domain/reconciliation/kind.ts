import { z } from 'zod';
import { maySeePersons } from '../case/access.ts';
import { createRegister, type RegisterState } from '../kernel/register.ts';
import { directionSchema, officeSchema, officeSide, otherSide, type Side } from '../kernel/sides.ts';
import { instantSchema, occurredAtSchema, plainDateSchema } from '../kernel/time.ts';
import {
  checkOpening,
  checkReconciliationEvent,
  fixedInReconciliation,
  guards,
  isOfProtected,
  keptInReconciliation,
} from './check.ts';
import { events, figureSchema, opening } from './events.ts';
import { figuresOf } from './figures.ts';
import { lifecycle } from './lifecycle.ts';
import { kindSchema, minutesNumberSchema } from './lines.ts';
import { entriesOf, isToBeCompared, openCount, type ReconciliationEntries, resultsOf } from './work.ts';

const sidesOf = ({ office }: RegisterState, role: string): readonly Side[] => {
  const own = officeSide(office);
  if (own === undefined) return [];
  return role === 'own' ? [own] : role === 'other' ? [otherSide(own)] : [];
};

const count = z.int().min(0);

const listSchema = z
  .strictObject({ received: count.describe('Lines of their list that are here'), complete: z.boolean() })
  .describe('How far their list is here');

const asOf = {
  asOf: z.string().describe('The position in the log up to which this ledger’s book was read'),
  comparedAt: instantSchema.describe('When it was compared'),
};

const comparisonSchema = z
  .strictObject({
    ...asOf,
    matched: count,
    conflicting: count,
    theirsOnly: count,
    oursOnly: count,
    ambiguous: count.describe('Lines of theirs, and handovers of ours, that can be several of the other book'),
    open: count.describe('Lines that are still to be settled; `lines` has them'),
  })
  .describe('What came of the comparison of the two books');

const figuresSchema = z
  .array(
    z.strictObject({
      direction: directionSchema,
      kind: kindSchema,
      theirs: count.describe('As their list has it'),
      ours: count.describe('As this ledger had it when it compared'),
      agreed: count.optional().describe('As the lines were settled; left out while one is to be settled'),
    }),
  )
  .describe('Persons by direction and kind; a person counts once for each handover');

const signedOffSchema = z
  .strictObject({
    number: z.string(),
    figures: z.array(figureSchema),
    on: occurredAtSchema,
    eventId: z.uuid(),
    ...asOf,
    period: z.strictObject({ from: plainDateSchema, to: plainDateSchema }),
    offices: z.strictObject({ ours: officeSchema, theirs: officeSchema }),
    acknowledged: z.boolean().describe('The other side has said the same'),
  })
  .describe('The figure that both sides can cite, by the number and the id of the reconciliation');

const comparisonOf = (entries: ReconciliationEntries): z.infer<typeof comparisonSchema> | undefined => {
  const { comparison } = entries;
  if (comparison === undefined) return undefined;
  const counts = Map.groupBy(resultsOf(entries), ({ result }) => result);
  return {
    asOf: comparison.asOf,
    comparedAt: comparison.at,
    matched: counts.get('matched')?.length ?? 0,
    conflicting: counts.get('conflicting')?.length ?? 0,
    theirsOnly: counts.get('theirs-only')?.length ?? 0,
    oursOnly: counts.get('ours-only')?.length ?? 0,
    ambiguous: counts.get('ambiguous')?.length ?? 0,
    open: openCount(entries),
  };
};

const signedOffOf = ({
  entries,
  office,
  openedBy,
  standing,
}: RegisterState): z.infer<typeof signedOffSchema> | undefined => {
  const { signedOff, comparison, number, period } = entriesOf(entries);
  if (signedOff === undefined || comparison === undefined) return undefined;
  const { figures, on, eventId } = signedOff;
  return {
    number,
    figures: [...figures],
    on,
    eventId,
    asOf: comparison.asOf,
    comparedAt: comparison.at,
    period,
    offices: { ours: office, theirs: openedBy },
    acknowledged: standing.state === 'acknowledged',
  };
};

/** By it the reconciliations are found of which the ledger is to compare the books. */
export const TO_BE_COMPARED = 'toBeCompared';

/**
 * Reconciliations of two books: the other side's list of the handovers of a period, held against this ledger's, worked through line by line
 * and signed off as a figure that both can cite.
 */
export const reconciliations = createRegister({
  category: 'reconciliation',
  noun: 'reconciliation',
  plural: 'reconciliations',
  opening,
  events,
  lifecycle,
  sidesOf,
  letIn: () => [],
  names: { 'settled/case': 'case' },
  guards,
  checkOpening,
  kept: keptInReconciliation,
  fixed: fixedInReconciliation,
  check: checkReconciliationEvent,
  derived: {
    insteadOf: ['lines', 'underWay', 'settlements'],
    fields: {
      list: listSchema,
      comparison: comparisonSchema.optional(),
      figures: figuresSchema.optional(),
      signedOff: signedOffSchema.optional(),
    },
    of: (entries, state) => {
      const known = entriesOf(entries);
      const { lines = [], listed, comparison } = known;
      return {
        list: { received: lines.length, complete: lines.length === listed },
        comparison: comparisonOf(known),
        figures: comparison && figuresOf(known),
        signedOff: signedOffOf(state),
      };
    },
  },
  maySeeSealed: (viewer, entries) => maySeePersons(viewer, isOfProtected(entriesOf(entries))),
  filters: {
    number: minutesNumberSchema,
    direction: directionSchema,
    kind: kindSchema,
    theirOffice: officeSchema,
    open: z.enum(['true', 'false'], { error: 'expected true or false' }),
  },
  references: (entries, state) => {
    const known = entriesOf(entries);
    return {
      [TO_BE_COMPARED]: [String(isToBeCompared(state))],
      number: [known.number],
      direction: known.directions,
      kind: known.kinds,
      theirOffice: [state.openedBy],
      open: [String(openCount(known) > 0)],
    };
  },
});
