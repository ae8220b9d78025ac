import { handoverLine, openingState } from '../case/evolve.ts';
import type { CaseState, EffectiveCaseEvent } from '../case/state.ts';

/** What is needed of a case to count its handovers. */
export type CountedCase = Pick<CaseState, 'kind' | 'direction' | 'incident' | 'handovers' | 'mergedInto'>;

export const countedCase = ({ kind, direction, incident, handovers, mergedInto }: CaseState): CountedCase => ({
  kind,
  direction,
  incident,
  handovers,
  mergedInto,
});

/**
 * The same as `countedCase(evolve(…))` at less cost: most events change nothing that counts, and then the same object comes
 * back. `before` is undefined before the opening event.
 */
export const evolveCounted = (before: CountedCase | undefined, event: EffectiveCaseEvent): CountedCase => {
  const counted = before ?? countedCase(openingState(event));
  switch (event.type) {
    case 'handed-over-at-border-pass':
    case 'repatriated-at-border-pass':
      return { ...counted, handovers: [...counted.handovers, handoverLine(event)] };
    case 'incident-assigned':
      return { ...counted, incident: event.data.incident };
    case 'merged':
      return { ...counted, mergedInto: event.data.into };
    case 'unmerged':
      return { ...counted, mergedInto: undefined };
    default:
      return counted;
  }
};
