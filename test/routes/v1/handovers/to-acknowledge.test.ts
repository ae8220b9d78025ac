import t from 'tap';
import { type Headers, startApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { handOver } from '../../../support/handed-over.ts';
import { minutesOf, READY, workedOff } from '../../../support/minutes.ts';

t.test('an office finds the minutes that it has to acknowledge, though it does not see the cases', async (t) => {
  const app = await startApp(t);
  const guangxi = await app.as('recorder', 'CN', 'CN-GX-BLO');
  const quangNinh = await app.as('liaison', 'VN', 'VN-QN-BLO');
  const { id } = await sendCase(app, READY, guangxi);
  const lines = [{ case: id, outcome: 'handed-over' }];
  const signed = await app.post('/v1/handovers', minutesOf(lines, { counterpart: 'VN-QN-BLO' }), guangxi);
  const { id: minutes, links } = signed.json();
  await workedOff(app, links.self, guangxi);
  const byItself = await handOver(app, guangxi, { date: '2023-05-01' });
  let { seen }: { seen: Headers } = byItself;
  const listed = async (path: string, viewer: Headers) => (await app.get(path, { ...viewer, ...seen })).json();

  t.same(await listed('/v1/handovers', quangNinh), { handovers: [] });
  const toAcknowledge = '/v1/handovers/minutes?status=signed&counterpart=VN-QN-BLO';
  for (const viewer of [quangNinh, await app.as('recorder', 'VN')]) {
    const found = await listed(toAcknowledge, viewer);
    t.match(found.minutes, [{ id: minutes, work: { lines: 1, handedOver: 1 } }]);
    t.match(await listed(`${found.minutes[0].links.self}/lines`, viewer), { lines: [{ case: id }] });
  }
  t.same(await listed('/v1/handovers/minutes?status=signed&counterpart=VN-LS-BLO', quangNinh), { minutes: [] });

  const [inMinutes, alone] = (await listed('/v1/handovers', guangxi)).handovers;
  t.match(inMinutes, { caseId: id, minutes, links: { minutes: links.self } });
  t.equal(alone.caseId, byItself.id);
  t.notOk('minutes' in alone || 'minutes' in alone.links);

  const word = { type: 'acknowledged', occurredAt: '2024-02-02' };
  seen = seenBy(await app.post(links.events, word, quangNinh));
  t.same(await listed(toAcknowledge, quangNinh), { minutes: [] });
});
