import type { OccurredAt } from '../kernel/time.ts';
import type { EffectiveCaseEvent } from './state.ts';

/** What a case says of its person and that of another case; which one that is, is sealed in the log. */
export interface PersonLink {
  readonly eventId: string;
  readonly otherCase: string;
  readonly verdict: 'same' | 'not-same';
  readonly basis: string;
  readonly occurredAt: OccurredAt;
}

/** What an event says of the persons of the two cases. */
export const VERDICTS: Readonly<Record<string, PersonLink['verdict']>> = {
  'linked-to-person-of': 'same',
  'found-not-same-person': 'not-same',
};

/** The links after one more event of the effective history, which must have been unsealed. Of one case the latest word holds. */
export const evolveLinks = (known: readonly PersonLink[], event: EffectiveCaseEvent): readonly PersonLink[] => {
  if (event.type === 'unlinked-from-person-of') return known.filter(({ eventId }) => eventId !== event.data.link);
  if (event.type !== 'linked-to-person-of' && event.type !== 'found-not-same-person') return known;
  const { otherCase, basis } = event.data;
  const verdict = VERDICTS[event.type];
  if (otherCase === undefined || verdict === undefined) return known;
  const { id: eventId, occurredAt } = event;
  return [...known.filter((link) => link.otherCase !== otherCase), { eventId, otherCase, verdict, basis, occurredAt }];
};

/** The links as the whole of an unsealed effective history gives them. */
export const linksOf = (effective: readonly EffectiveCaseEvent[]): readonly PersonLink[] =>
  effective.reduce<readonly PersonLink[]>(evolveLinks, []);
