import type { EffectiveEvent } from '../kernel/record.ts';
import type { ListLine, PersonOfLine, TheirLine } from './lines.ts';
import type { Scope } from './scope.ts';
import { withScope } from './work.ts';

interface Listed {
  readonly lines: readonly ListLine[];
  /** Where it was unsealed. */
  readonly persons?: readonly (PersonOfLine & { readonly line: number })[] | undefined;
}

/** The lines of their list in the order in which they came, numbered from 1, each with its person as far as the history was unsealed. */
export const theirLines = (scope: Scope, effective: readonly EffectiveEvent[]): readonly TheirLine[] =>
  effective
    .filter(({ type }) => type === 'lines-listed')
    .flatMap(({ data }) => {
      const { lines, persons = [] } = data as unknown as Listed;
      const personOf = new Map(persons.map(({ line, ...person }) => [line, person]));
      return lines.map((line, index) => ({ ...withScope(scope, line), ...personOf.get(index) }));
    })
    .map((line, index) => ({ line: index + 1, ...line }));
