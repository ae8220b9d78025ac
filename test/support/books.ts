import type { OwnHandover, TheirLine } from '../../domain/reconciliation/lines.ts';
import { type Books, compareBooks } from '../../domain/reconciliation/matching.ts';
import type { Compared } from '../../domain/reconciliation/results.ts';
import { eventId } from './case-scenario.ts';

type Line = Partial<TheirLine> & Pick<TheirLine, 'date'>;
type Own = Partial<Omit<OwnHandover, 'person'>> &
  Pick<OwnHandover, 'date'> & { readonly name?: string; readonly born?: string };

/** Lines of a list of Viet Nam's, numbered from 1. */
export const theirBook = (lines: readonly Line[]): readonly TheirLine[] =>
  lines.map((line, index) => ({ line: index + 1, direction: 'VN-CN', kind: 'fugitive', ...line }));

/** Handovers of China's ledger, their events numbered from 0. */
export const ourBook = (handovers: readonly Own[]): readonly OwnHandover[] =>
  handovers.map(({ name, born, ...own }, index) => ({
    event: eventId(index),
    case: eventId(1000 + index),
    direction: 'VN-CN',
    kind: 'fugitive',
    numbers: [],
    caseNumbers: [],
    ...(name !== undefined && {
      person: {
        names: [{ text: name, script: 'Latn' as const, role: 'native' as const }],
        ...(born !== undefined && { birthDate: { date: born } }),
      },
    }),
    ...own,
  }));

export const FUGITIVES_OF_2025 = {
  period: { from: '2025-01-01', to: '2025-12-31' },
  directions: ['VN-CN'],
  kinds: ['fugitive'],
} as const satisfies Books['scope'];

export const compare = (
  theirs: readonly Line[],
  ours: readonly Own[],
  more: Partial<Pick<Books, 'scope' | 'theirSide'>> = {},
): readonly Compared[] =>
  compareBooks({
    scope: FUGITIVES_OF_2025,
    theirSide: 'VN',
    theirs: theirBook(theirs),
    ours: ourBook(ours),
    ...more,
  });
