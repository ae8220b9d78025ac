import type { Fields } from '../kernel/event.ts';
import type { Rules } from '../kernel/record.ts';
import { namedBy } from '../kernel/reference.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { checkCaseEvent, datesBefore } from './check.ts';
import { keptCase } from './continuing.ts';
import { effectOf, particularsOf } from './effects.ts';
import { caseEvents } from './events.ts';
import { guards } from './guards.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import type { PartyRole } from './lifecycles/vocabulary.ts';
import { NAMING_ANOTHER_CASE } from './linking.ts';
import { caseNoun } from './noun.ts';
import { allOpeningTypes, openingFields, parseOpening } from './opening.ts';
import { sidesOf } from './parties.ts';
import { linksOf, VERDICTS } from './person-links.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** What cannot be corrected: under another kind or another merger the history was decided by other rules, or by another case. */
const fixed = (event: EffectiveCaseEvent, changes: Fields): Refusal | undefined => {
  if (event.type === 'merged' && 'into' in changes) {
    return { code: 'invalid', message: 'annul this event and merge the case anew', pointer: '/data/changes/into' };
  }
  if (event.type === 'continued-as-another-case' && 'as' in changes) {
    return {
      code: 'invalid',
      message: 'the other case was opened by this: correct it there',
      pointer: '/data/changes/as',
    };
  }
  if (NAMING_ANOTHER_CASE.includes(event.type) && 'otherCase' in changes) {
    return {
      code: 'invalid',
      message: 'annul this event and name the other case anew',
      pointer: '/data/changes/otherCase',
    };
  }
  const before = 'case' in event.data ? event.data.case?.kind : undefined;
  const after = (changes.case as Fields | undefined)?.kind;
  if (after === undefined || before === after) return undefined;
  return {
    code: 'invalid',
    message: 'the kind of a case cannot be corrected: annul its first event and open a case of the right kind',
    pointer: '/data/changes/case/kind',
  };
};

/** The rules of cases. */
export const caseRules: Rules<CaseState, EffectiveCaseEvent> = {
  noun: 'case',
  shapes: caseEvents,
  opening: { types: allOpeningTypes, fields: openingFields },
  parseOpening,
  particularsOf,
  nounOf: ({ kind }) => caseNoun(kind),
  lifecycleOf: ({ kind }) => caseLifecycles[kind],
  sidesOf: (state, role) => sidesOf(state, role as PartyRole),
  guards,
  check: checkCaseEvent,
  datesBefore,
  effectOf,
  // A matter between two cases as they stand now.
  presentOnly: [...NAMING_ANOTHER_CASE, 'unmerged', 'continued-as-another-case'],
  kept: keptCase,
  fixed,
  named: (command) => namedBy({ into: 'case', otherCase: 'case' }, command),
  namedInSealed: {
    types: Object.keys(VERDICTS),
    of: (type, effective) =>
      linksOf(effective).flatMap(({ verdict, otherCase }) => (verdict === VERDICTS[type] ? [otherCase] : [])),
  },
};
