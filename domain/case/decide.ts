import type { Decider } from '../kernel/decider.ts';
import { isRevisingType } from '../kernel/history.ts';
import { openingsOf } from '../kernel/lifecycle.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { daysOf, type OccurredAt } from '../kernel/time.ts';
import { isUnder18 } from '../person/person.ts';
import { checkEvent } from './check.ts';
import type { CaseCommand, CaseContext, OpenCase, RecordEvent } from './commands.ts';
import type { CaseEvent, OrdinaryCaseEvent } from './events.ts';
import { openingState } from './evolve.ts';
import type { OtherCase } from './guards.ts';
import { asEffective, type CaseHistory, EMPTY_HISTORY, extendHistory } from './history.ts';
import { checkTelling, type Particulars, parseData, parseParticulars } from './input.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import { decideRevision } from './revise.ts';

type Decision = Result<readonly CaseEvent[], readonly Refusal[]>;

const decide = (command: CaseCommand, history: CaseHistory, context: CaseContext): Decision => {
  const faults = checkTelling(command);
  if (faults.length > 0) return fail(faults);
  if (command.name === 'open') return open(command, history, context);
  if (isRevisingType(command.type)) return decideRevision(command, history, context);
  return record(command, history, context);
};

const open = (command: OpenCase, history: CaseHistory, context: CaseContext): Decision => {
  if (history.recorded.length > 0) return fail([{ code: 'out-of-order', message: 'the case is opened already' }]);
  const particulars = parseParticulars(command.particulars);
  if (!particulars.ok) return particulars;
  const openings = openingsOf(caseLifecycles[particulars.value.case.kind]);
  const type = command.type ?? openings[0];
  if (type === undefined || !(openings as readonly string[]).includes(type)) {
    return fail([
      {
        code: 'out-of-order',
        message: `a ${particulars.value.case.kind} case begins with ${openings.join(' or ')}`,
        pointer: '/type',
      },
    ]);
  }
  const contradiction = ageContradicted(particulars.value, command.occurredAt);
  if (contradiction !== undefined) return fail([contradiction]);
  const parsed = parseData(type, command.data, '');
  if (!parsed.ok) return parsed;
  const event = eventOf(command, type, { ...parsed.value.data, ...particulars.value });
  const effective = asEffective({ ...event, ...recordingOf(context, 0) });
  const refusals = checkEvent({ state: openingState(effective), event: effective }, context.now);
  return refusals.length > 0 ? fail(refusals) : ok([event]);
};

/** Rules ask whether the person is a minor, without their birth date, which is sealed; here the two are seen side by side. */
const ageContradicted = ({ case: { minor }, person }: Particulars, occurredAt: OccurredAt): Refusal | undefined => {
  const { first, last } = daysOf(occurredAt.slice(0, 'YYYY-MM-DD'.length));
  const ages = [isUnder18(person, first), isUnder18(person, last)];
  if (ages.some((isMinor) => isMinor === undefined || isMinor === minor)) return undefined;
  return {
    code: 'invalid',
    message: `expected ${!minor}: the birth date makes the person ${minor ? '18 or older' : 'younger than 18'} at ${occurredAt}`,
    pointer: '/minor',
  };
};

const record = (command: RecordEvent, history: CaseHistory, context: CaseContext): Decision => {
  const parsed = parseData(command.type, command.data, '');
  if (!parsed.ok) return parsed;
  const { state } = history;
  if (state === undefined) return fail([{ code: 'out-of-order', message: 'the case is not opened' }]);
  const event = eventOf(command, parsed.value.type, parsed.value.data);
  const effective = asEffective({ ...event, ...recordingOf(context, history.recorded.length) });
  const refusals = checkEvent({ state, event: effective, other: context.other ?? NOT_LOOKED_UP }, context.now);
  return refusals.length > 0 ? fail(refusals) : ok([event]);
};

/** A case that was not looked up before is as good as none. */
const NOT_LOOKED_UP: OtherCase = { caseId: '', state: undefined, isItself: false };

const eventOf = ({ occurredAt, statedBy }: CaseCommand, type: string, data: object): OrdinaryCaseEvent =>
  ({ type, occurredAt, statedBy, data }) as OrdinaryCaseEvent;

const recordingOf = ({ eventId, now, recordedBy }: CaseContext, revision: number) => ({
  id: eventId,
  revision,
  recordedAt: now,
  recordedBy,
});

export const caseDecider: Decider<CaseHistory, CaseCommand, CaseEvent, CaseContext> = {
  initial: EMPTY_HISTORY,
  decide,
  evolve: extendHistory,
};
