import { particularsOf } from '../case/effects.ts';
import type { CaseEventType, OrdinaryEventType } from '../case/events.ts';
import { handoverLine, type WordOfHandover, withOtherWord } from '../case/handover-lines.ts';
import type { CaseState, CountedHandover, EffectiveCaseEvent } from '../case/state.ts';

/** What is needed of a case to count its handovers. */
export type CountedCase = Pick<CaseState, 'kind' | 'direction' | 'incident' | 'handovers' | 'mergedInto'>;

export const countedCase = ({ kind, direction, incident, handovers, mergedInto }: CountedCase): CountedCase => ({
  kind,
  direction,
  incident,
  handovers,
  mergedInto,
});

type Change<T extends OrdinaryEventType> = (
  counted: CountedCase,
  event: Extract<EffectiveCaseEvent, { type: T }>,
) => CountedCase;

const handedOver = (counted: CountedCase, event: CountedHandover): CountedCase => ({
  ...counted,
  handovers: [...counted.handovers, handoverLine(event)],
});

const told = (counted: CountedCase, event: WordOfHandover): CountedCase => {
  const handovers = withOtherWord(counted.handovers, event);
  return handovers === counted.handovers ? counted : { ...counted, handovers };
};

/** The events that change what is counted of a case that is open, and how. */
const CHANGES: { readonly [T in OrdinaryEventType]?: Change<T> } = {
  'handed-over-at-border-pass': handedOver,
  'repatriated-at-border-pass': handedOver,
  'receipt-acknowledged': told,
  'received-by-service': told,
  'delivery-confirmed': told,
  'handover-disputed': told,
  'incident-assigned': (counted, event) => ({ ...counted, incident: event.data.incident }),
  merged: (counted, event) => ({ ...counted, mergedInto: event.data.into }),
  unmerged: (counted) => ({ ...counted, mergedInto: undefined }),
};

/** Whether an ordinary event can change what is counted of a case that is open. */
export const changesCount = (type: CaseEventType): boolean => Object.hasOwn(CHANGES, type);

/**
 * The same as `countedCase(evolve(…))` at less cost: most events change nothing that counts, and then the same object comes
 * back. `before` is undefined before the opening event.
 */
export const evolveCounted = (before: CountedCase | undefined, event: EffectiveCaseEvent): CountedCase => {
  const counted = before ?? countedCase(particularsOf(event));
  const change = CHANGES[event.type] as Change<typeof event.type> | undefined;
  return change === undefined ? counted : change(counted, event as never);
};
