import { z } from 'zod';
import { idOf } from '../kernel/codes.ts';
import { createRegister, type RegisterState } from '../kernel/register.ts';
import { officeSchema, officeSide, otherSide, type Side, sideSchema } from '../kernel/sides.ts';
import { passCodeSchema } from '../reference/codes.ts';
import { checkMinutes, checkMinutesEvent, fixedInMinutes, guards, keptMinutes } from './check.ts';
import { acknowledgedShape, events, opening } from './events.ts';
import { lifecycle } from './lifecycle.ts';
import { linesOf, openLines } from './work.ts';

const sidesOf = ({ openedBy }: RegisterState, role: string): readonly Side[] => {
  const side = officeSide(openedBy);
  return side === undefined || role !== 'other' ? [] : [otherSide(side)];
};

const count = z.int().min(0);

const workSchema = z
  .strictObject({
    lines: count,
    open: count.describe('Lines with which something is still to be done'),
    handedOver: count,
    refused: count,
    noShow: count,
    couldNotBe: count.describe('Lines that could not be recorded in their case; `lines` has the reasons'),
    acknowledged: count.describe("Lines with the other side's word"),
  })
  .describe('How far the lines are worked off');

const workOf = (state: RegisterState): z.infer<typeof workSchema> => {
  const lines = linesOf(state.entries);
  const recorded = (outcome: string): number =>
    lines.filter((line) => line.outcome === outcome && line.handover?.result === 'recorded').length;
  return {
    lines: lines.length,
    open: openLines(state).length,
    handedOver: recorded('handed-over'),
    refused: recorded('refused'),
    noShow: recorded('no-show'),
    couldNotBe: lines.filter(
      ({ handover, acknowledgement }) =>
        handover?.result === 'could-not-be' || acknowledgement?.result === 'could-not-be',
    ).length,
    acknowledged: lines.filter(({ acknowledgement }) => acknowledgement?.result === 'recorded').length,
  };
};

const DIFFERENCES = ['date', 'pass', 'persons'] as const;
export type PlanDifference = (typeof DIFFERENCES)[number];

/** In what the handover was not as it had been agreed; undefined where nothing had been. */
const differsFromPlan = ({ entries }: RegisterState): readonly PlanDifference[] | undefined => {
  const planned = entries.planned as { readonly date: string; readonly pass?: string; readonly persons?: number };
  if (planned === undefined) return undefined;
  const persons = linesOf(entries).filter(({ outcome }) => outcome === 'handed-over').length;
  const actual = { date: entries.handoverDate, pass: entries.pass, persons };
  return DIFFERENCES.filter((field) => planned[field] !== undefined && planned[field] !== actual[field]);
};

/** Whether something is still to be done with a line; by it the minutes are found that are worked off. */
export const OPEN_WORK = 'open';

/** By which minutes are found that name a case; lines are never corrected, so that these are all that were ever sealed for it. */
export const NAMED_CASE = 'case';

/**
 * Minutes of handovers: one signing, for any number of persons, each by their case. The ledger hands every person over in their own
 * case, and tells here what could not be.
 */
export const handovers = createRegister({
  category: 'handover',
  noun: 'minutes',
  plural: 'minutes',
  path: 'handovers',
  listPath: 'handovers/minutes',
  opening,
  // Offices of one side number theirs by themselves, so that two can have one number on one day.
  identifiedBy: ['number', 'deliveringParty', 'handoverDate', 'pass'],
  events,
  lifecycle,
  sidesOf,
  letIn: ({ counterpart }) => (counterpart === undefined ? [] : [String(counterpart)]),
  names: { 'lines/case': 'case' },
  guards,
  checkOpening: checkMinutes,
  kept: keptMinutes,
  fixed: fixedInMinutes,
  check: checkMinutesEvent,
  derived: {
    insteadOf: ['lines', 'acknowledgement'],
    fields: {
      acknowledgement: z
        .strictObject({ ...acknowledgedShape.open.shape, theirNumber: acknowledgedShape.sealed.shape.theirNumber })
        .optional()
        .describe('What the other side has said of the minutes'),
      work: workSchema,
      differsFromPlan: z.array(z.enum(DIFFERENCES)).readonly().optional(),
    },
    of: ({ acknowledgement }, state) => ({
      acknowledgement,
      work: workOf(state),
      differsFromPlan: differsFromPlan(state),
    }),
  },
  maySeeSealed: ({ role }, entries) => entries.protected !== true || role === 'protection',
  filters: {
    [NAMED_CASE]: idOf('a case'),
    deliveringParty: sideSchema,
    counterpart: officeSchema,
    pass: passCodeSchema,
    open: z.enum(['true', 'false'], { error: 'expected true or false' }),
  },
  references: (entries, state) => ({
    [NAMED_CASE]: linesOf(entries).map((line) => line.case),
    [OPEN_WORK]: [String(openLines(state).length > 0)],
    deliveringParty: [String(entries.deliveringParty)],
    counterpart: entries.counterpart === undefined ? [] : [String(entries.counterpart)],
    pass: entries.pass === undefined ? [] : [String(entries.pass)],
  }),
});
