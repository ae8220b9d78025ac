import { PROTECTED_KINDS } from '../../domain/case/access.ts';
import { COUNTED_HANDOVERS } from '../../domain/case/events.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { handovers } from '../../domain/handover/kind.ts';
import { type MinutesLine, totalsOf } from '../../domain/handover/lines.ts';
import { rowsFrom } from '../../domain/kernel/lifecycle.ts';
import type { Command } from '../../domain/kernel/record.ts';
import { ministryOffice } from '../../domain/kernel/sides.ts';
import { identifiedId } from '../../src/application/ids.ts';
import type { World } from './node.ts';
import { historyIn, idsOf, type KnownRecord, type Order, sideOf } from './orders.ts';

const LARGEST = 4;

const isReady = ({ kind, standing }: CaseState): boolean =>
  rowsFrom(caseLifecycles[kind], standing.state).some(({ event }) =>
    (COUNTED_HANDOVERS as readonly string[]).includes(event),
  );

const isProtected = ({ kind }: CaseState): boolean => PROTECTED_KINDS.includes(kind);

/**
 * Signs minutes for some cases that can be in one list: mostly such as are ready to be handed over. Numbers are few, so that now and then
 * another has signed under one. Undefined where there are no cases.
 */
export const signsMinutes = ({ log, random }: World, known: readonly KnownRecord[]): Order | undefined => {
  const cases = idsOf(known, caseStreams).flatMap((id) => {
    const { state } = historyIn(log, { kind: caseStreams, id });
    return state === undefined ? [] : [{ id, state: state as CaseState }];
  });
  const ready = cases.filter(({ state }) => isReady(state));
  const candidates = ready.length > 0 && random.chance(0.9) ? ready : cases;
  if (candidates.length === 0) return undefined;
  const { state: first } = random.pick(candidates);
  const alike = candidates.filter(
    ({ state }) =>
      state.deliveringParty === first.deliveringParty &&
      isProtected(state) === isProtected(first) &&
      sideOf(state.office) === sideOf(first.office),
  );
  const lines = alike.slice(0, 1 + random.below(LARGEST)).map(
    ({ id }): MinutesLine =>
      random.chance(0.85)
        ? { case: id, outcome: 'handed-over', property: 'a bag' }
        : random.pick([
            { case: id, outcome: 'no-show' },
            { case: id, outcome: 'refused', cause: 'identity-in-doubt' },
          ] as const),
  );
  const particulars = {
    number: `${1 + random.below(9)}/2024`,
    handoverDate: '2024-01-01',
    pass: 'dongxing',
    deliveringParty: first.deliveringParty,
    ...(random.chance(0.5) && { legalBasis: 'readmission' }),
    ...(isProtected(first) && { protected: true }),
    lines,
    totals: totalsOf(lines),
  };
  const command = { name: 'open', occurredAt: '2024-01-01', particulars, data: {} } as Command;
  const id = identifiedId(handovers, particulars) ?? random.uuid();
  return { kind: handovers, id, command, office: ministryOffice(sideOf(first.office)) };
};
