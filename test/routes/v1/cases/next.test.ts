import t from 'tap';
import { z } from 'zod';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { startApp } from '../../../support/app.ts';
import { bodyOf } from '../../../support/case-bodies.ts';
import type { Step } from '../../../support/case-scenario.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

interface Offered {
  readonly type: string;
  readonly by: string;
  readonly sides: readonly string[];
  readonly status: string;
  readonly needs: readonly string[];
  readonly data: Parameters<typeof z.fromJSONSchema>[0];
}

t.test('what may be recorded next', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;

  t.test('leads each kind of case to its closing', async (t) => {
    for (const kind of CASE_KINDS) {
      const protects = kind === 'trafficking-victim' || kind === 'unlawful-detention';
      const officer = await as(protects ? 'protection' : 'recorder');
      const [opening, ...steps] = ordinaryWays[kind];
      const opened = await sendCase(started, [opening], officer);
      let seen = opened.seen;
      let url = opened.links.next;
      for (const step of steps) {
        const answer = await get(url, { ...officer, ...seen });
        t.equal(answer.statusCode, 200);
        const { next, links } = answer.json();
        const offered = next.find(({ type, sides }: Offered) => type === step.type && sides.includes(step.by ?? 'CN'));
        if (offered === undefined) throw new Error(`${kind}: ${step.type} is not offered: ${answer.body}`);
        t.ok(
          z.fromJSONSchema(offered.data).safeParse(step.data ?? {}).success,
          `${kind}: the data of ${step.type} fit the schema that is given for them`,
        );
        const taken = await post(links.record, bodyOf(step), officer);
        t.equal(taken.statusCode, 201, taken.body);
        t.equal(taken.json().status, offered.status, `${kind}: ${step.type} leads where it was said to lead`);
        t.equal(taken.json().links.self, links.case);
        seen = seenBy(taken);
        url = taken.json().links.next;
      }
      const { status, next } = (await get(url, { ...officer, ...seen })).json();
      t.equal(status, 'closed');
      t.same(
        next.map(({ type }: Offered) => type),
        [
          'case-number-recorded',
          'linked-to-person-of',
          'unlinked-from-person-of',
          'found-not-same-person',
          'legal-hold-placed',
          'legal-hold-lifted',
          'shared-with',
          'reopened',
          'merged',
          'corrected',
          'annulled',
          'recorded-late',
        ],
        'what may still be said of a closed case',
      );
    }
  });

  t.test('says what a step still needs, and a step without it is refused with that', async (t) => {
    const officer = await as('recorder');
    const verified = await sendCase(started, wayTo('fugitive', 'identity-verified'), officer);
    const offers = async (seen = verified.seen): Promise<readonly Offered[]> =>
      (await get(verified.links.next, { ...officer, ...seen })).json().next;
    const approval = (await offers()).find(({ type }) => type === 'transfer-approved') as Offered;
    t.match(approval, {
      by: 'delivering',
      sides: ['VN'],
      status: 'transfer-approved',
      needs: [/legal basis/, /protection check/],
    });
    const [legalBasis, protectionCheck] = approval.needs as [string, string];
    for (const [data, pointer, reason] of [
      [{}, '/data/legalBasis', 'expected the code of a legal basis'],
      [{ legalBasis: 'police-cooperation' }, undefined, protectionCheck],
    ] as const) {
      const refused = await post(verified.links.events, bodyOf({ by: 'VN', type: 'transfer-approved', data }), officer);
      t.equal(refused.statusCode, 422);
      const { detail, errors } = refused.json();
      t.ok(detail.includes(reason), `${reason} in ${detail}`);
      t.match(detail, new RegExp(`${verified.links.next} shows what may come next`));
      t.equal(errors[0].pointer, pointer);
    }

    const check = ordinaryWays.fugitive.find(({ type }) => type === 'protection-check-recorded') as Step;
    const seen = seenBy(await sendMore(started, verified, check, officer));
    const later = (await offers(seen)).find(({ type }) => type === 'transfer-approved') as Offered;
    t.same(later.needs, [legalBasis], 'the rest is given with it');
  });

  t.test('says whose word a step is, and another word is refused', async (t) => {
    const officer = await as('recorder');
    const reported = await sendCase(started, wayTo('fugitive', 'reported'), officer);
    const way = wayTo('fugitive', 'protection-check-recorded');
    const checked = await sendCase(started, way, officer);
    const answer = await get(checked.links.next, { ...officer, ...checked.seen });
    const sides = answer
      .json()
      .next.flatMap((offered: Offered) => (offered.type === 'transfer-approved' ? offered.sides : []));
    t.same(sides, ['VN']);
    const approval = { type: 'transfer-approved', data: { legalBasis: 'police-cooperation' } };
    const refused = await post(checked.links.events, bodyOf(approval), officer);
    t.equal(refused.statusCode, 422, 'the requesting side approves no transfer');
    t.match(refused.json().detail, /delivering|VN/);
    t.equal((await post(checked.links.events, bodyOf({ by: 'VN', ...approval }), officer)).statusCode, 201);

    const { next } = (await get(reported.links.next, officer)).json();
    t.notOk(next.some(({ type }: Offered) => type === 'transferred'));
    const early = await post(reported.links.events, bodyOf({ by: 'VN', type: 'transferred' }), officer);
    t.equal(early.statusCode, 422);
    t.match(early.json().errors, [{ detail: /transferred/ }]);
  });

  t.test('is shown to all who see the case, and to nobody else', async (t) => {
    const { links, seen } = await sendCase(
      started,
      wayTo('suspect', 'captured'),
      await as('recorder', 'CN', 'CN-GX-BLO'),
    );
    for (const role of ['recorder', 'liaison', 'protection', 'auditor'] as const) {
      t.equal((await get(links.next, { ...(await as(role)), ...seen })).statusCode, 200, role);
    }
    t.equal((await get(links.next, { ...(await as('statistician')), ...seen })).statusCode, 403);
    t.equal((await get(links.next, { ...(await as('recorder', 'VN')), ...seen })).statusCode, 404);
    t.match((await get(`${links.next}?kind=x`, await as('recorder'))).json().errors, [{ in: 'query', name: 'kind' }]);
  });
});
