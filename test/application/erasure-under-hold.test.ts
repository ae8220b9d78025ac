import t from 'tap';
import { caseStream } from '../../domain/case/kind.ts';
import { UnderLegalHold } from '../../src/application/erasure-process.ts';
import { erasureOf, namesLeft, ordered } from '../support/erasures.ts';
import { onEachLog, sendAll } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';

onEachLog(
  t,
  'nothing is destroyed under a legal hold that came after the order, until it is lifted',
  async (t, ledger) => {
    const HOLD = { type: 'legal-hold-placed', data: { reference: '3/2024', reason: 'an inquiry' } } as const;
    const last = async (caseId: string) => (await ledger.log.readStream(caseStream(caseId))).at(-1)?.id as string;
    const holdOn = async (caseId: string): Promise<string> => {
      await sendAll(ledger.another(), caseId, [HOLD]);
      return last(caseId);
    };
    for (const part of ['alias', 'person'] as const) {
      for (const comes of ['before it is begun', 'while it is carried out'] as const) {
        const { caseId, id } = await ordered(ledger, part);
        let hold = comes === 'before it is begun' ? await holdOn(caseId) : undefined;
        const between = withAppend(ledger.log, async (stream, expected, events) => {
          const appended = await ledger.log.append(stream, expected, events);
          if (hold === undefined && events.some(({ type }) => type === 'expunged')) hold = await holdOn(caseId);
          return appended;
        });
        await t.rejects(erasureOf(ledger.another(between)).workOff(id), UnderLegalHold, comes);
        await t.rejects(erasureOf(ledger.another()).workOff(id), UnderLegalHold, comes);
        t.same(await namesLeft(ledger.another(), caseId), ['T. N. A.', 'Alias 7']);
        await sendAll(ledger.another(), caseId, [
          { type: 'legal-hold-lifted', data: { hold: hold as unknown as string, reason: 'it is over' } },
        ]);
        await erasureOf(ledger.another()).workOff(id);
        t.same(await namesLeft(ledger.another(), caseId), part === 'person' ? [] : ['T. N. A.']);
      }
    }
  },
);
