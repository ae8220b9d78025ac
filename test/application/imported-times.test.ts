import { randomUUID } from 'node:crypto';
import t from 'tap';
import { envelopeOf, openTestLedger } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

t.test('an import keeps when something was recorded, and is refused where that lies ahead', async (t) => {
  const { commands, log } = await openTestLedger(t);
  const { particulars } = ordinaryWays.suspect[0];
  const importAs = (recordedAt: string) =>
    commands.execute(
      randomUUID(),
      { name: 'open', occurredAt: '2024-01-01', particulars, data: {}, statedBy: { office: 'VN-MPS', document: '1' } },
      { ...envelopeOf('CN'), imported: { recordedAt, eventId: randomUUID() } },
    );
  const past = await importAs('2024-02-01T00:00:00.000Z');
  t.equal(past.ok && past.value.history.recorded[0]?.recordedAt, '2024-02-01T00:00:00.000Z');
  const head = await log.head();
  t.match(await importAs('2023-12-01T00:00:00.000Z'), {
    ok: false,
    error: { reason: 'refused', refusals: [{ code: 'in-the-future', pointer: '/occurredAt' }] },
  });
  t.match(await importAs('2199-01-01T00:00:00.000Z'), {
    ok: false,
    error: { reason: 'refused', refusals: [{ code: 'in-the-future', pointer: '/recordedAt' }] },
  });
  t.equal(await log.head(), head, 'nothing of the case was written');
});
