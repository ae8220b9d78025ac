import type { Guard } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { EXTENDING } from './clocks.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';
import { clockOf, daysBySide, dueOf, firstDueOf, fullExtension } from './terms.ts';

const NOT_RUNNING = {
  'provisional-arrest':
    'no provisional arrest is waiting for a formal request: `captured` says by `provisional` that an arrest is one',
  'agreed-handover': 'no handover is agreed and waited for: record `handover-agreed` first',
} as const;

/** A term is extended while it runs, to a later day, and no further than the law of the side that has the person lets it. */
export const extendsDeadline: Guard<CaseState, EffectiveCaseEvent> = ({ state, event }) => {
  if (event.type !== 'provisional-arrest-extended' && event.type !== 'collection-extended') return undefined;
  const start = EXTENDING[event.type];
  const running = clockOf(state, start);
  if (running === undefined || running.clock.end !== undefined) return noDeadline(NOT_RUNNING[start]);
  const { legalBasis } = state;
  if (legalBasis !== undefined && legalBasis !== 'extradition-treaty') {
    return noDeadline(`the term is one of extradition, and this removal rests on ${legalBasis}: agree another date`);
  }
  const due = dueOf(running);
  const most = fullExtension(running.rule, firstDueOf(running));
  const until: string | undefined = event.data.until ?? most;
  if (until === undefined) {
    return { code: 'invalid', message: 'no number of days is known here: say until when', pointer: '/data/until' };
  }
  if (due !== undefined && until <= due) {
    return outOfOrder(`${until} is no extension: the term ends with ${due} already`);
  }
  const { last: started } = daysBySide(running.clock.start, running.side);
  if (until < started) return outOfOrder(`${until} is before the term began, on ${started}`);
  return most !== undefined && until > most
    ? outOfOrder(`${until} is too late: ${running.rule?.source} lets the term be extended to ${most}`)
    : undefined;
};

const noDeadline = (message: string): Refusal => ({ code: 'no-such-deadline', message, pointer: '/type' });
const outOfOrder = (message: string): Refusal => ({ code: 'times-out-of-order', message, pointer: '/data/until' });
