import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { bodyOf } from './support/case-bodies.ts';
import type { Opening, Step } from './support/case-scenario.ts';
import { cli, type Serving, serving } from './support/cli.ts';
import { eventually } from './support/eventually.ts';
import { type Client, clientOf } from './support/http-client.ts';
import { LOG_KINDS, type LogKind } from './support/ledger.ts';
import { ordinaryWays } from './support/ordinary-ways.ts';
import { testFolder } from './support/test-folder.ts';

const SERVER = process.env.EVENTSTOREDB_URL;
const TODAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 'YYYY-MM-DD'.length);
const YEAR = TODAY.slice(0, 4);

/** The ordinary way of a fugitive, as it happens today. */
const [opening, ...steps] = ordinaryWays.fugitive.map((step) => ({
  ...step,
  occurredAt: TODAY,
  ...(step.type === 'protection-check-recorded' && { data: { ...step.data, decidedOn: TODAY } }),
  ...(step.type === 'handed-over-at-border-pass' && { data: { ...step.data, handoverDate: TODAY } }),
})) as unknown as readonly [Opening, ...Step[]];

/** Steps that the ledger refuses before another one is taken, and what it says. */
const REFUSED: Readonly<Record<string, readonly (readonly [Step, RegExp])[]>> = {
  located: [
    [{ by: 'VN', type: 'transferred', data: {} }, /transferred .*reported|reported.*transferred/],
    [{ type: 'closed' }, /closed/],
    [{ type: 'vanished' }, /vanished|event type/],
    [{ type: 'located', occurredAt: '2199-01-01' }, /future|2199-01-01/],
    [{ type: 'located', data: { colour: 'red' } }, /colour/],
  ],
  'protection-check-recorded': [
    [{ by: 'VN', type: 'transfer-approved', data: { legalBasis: 'police-cooperation' } }, /protection check/],
    [{ type: 'transfer-approved', data: { legalBasis: 'police-cooperation' } }, /VN|delivering/],
  ],
  'handed-over-at-border-pass': [
    [
      { type: 'handed-over-at-border-pass', data: { handoverDate: TODAY, pass: 'atlantis' } },
      /expected the code of a border pass/,
    ],
    [{ type: 'handed-over-at-border-pass', data: { pass: 'youyi-guan' } }, /\/data\/handoverDate: is required/],
  ],
};

interface Next {
  readonly status: string;
  readonly next: readonly { readonly type: string; readonly sides: readonly string[]; readonly status: string }[];
  readonly links: { readonly record: string };
}

/** Takes the step that `/next` offers; before it, all those that are refused there. */
const takeStep = async (t: Test, { get, post }: Client, next: string, seen: Seen, step: Step) => {
  const { status, next: offers, links } = (await get(next, seen)).body as Next;
  for (const [wrong, reason] of REFUSED[step.type] ?? []) {
    const refused = await post(links.record, bodyOf({ occurredAt: TODAY, ...wrong }));
    t.ok(refused.status === 422 || refused.status === 400, `${wrong.type} in ${status} is refused`);
    t.match(refused.body.detail, reason, `${wrong.type} in ${status}: ${refused.body.detail}`);
    t.match(refused.headers.get('content-type'), /^application\/problem\+json/);
  }
  const offered = offers.find(({ type, sides }) => type === step.type && sides.includes(step.by ?? 'CN'));
  if (offered === undefined) throw new Error(`${step.type} is not offered in ${status}`);
  const taken = await post(links.record, bodyOf(step));
  t.equal(taken.status, 201, JSON.stringify(taken.body));
  t.equal(taken.body.status, offered.status, `${step.type} leads to ${offered.status}`);
  return { next: taken.body.links.next as string, seen: seenBy(taken.headers), status: taken.body.status as string };
};

type Seen = Record<string, string>;
const seenBy = (headers: Headers): Seen => ({ 'min-event-position': String(headers.get('event-position')) });

const goAllTheWay = async (t: Test, kind: LogKind): Promise<void> => {
  const environment = {
    DATA_DIR: testFolder(t),
    LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
    EVENT_STORE: kind === 'sqlite' ? 'sqlite' : (SERVER as string),
  };
  /** Served, and its views are built: a busy machine may take longer for them than a request waits. */
  const serve = async (): Promise<Serving> => {
    const service = await serving(t, environment);
    await eventually(async () => (await fetch(`${service.address}/readyz`)).ok);
    return service;
  };
  let service = await serve();
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  const client = clientOf(() => service.address, token);
  const { get, post } = client;
  const figure = `/v1/handovers/yearly?from=${YEAR}&to=${YEAR}&kind=fugitive&direction=VN-CN`;
  const persons = async (seen: Seen): Promise<number> => (await get(figure, seen)).body.rows[0]?.persons ?? 0;

  const restart = async (): Promise<void> => {
    t.equal(await service.stop(), 0);
    service = await serve();
  };

  let count = 0;
  for (const restarting of [true, false]) {
    const { body: lifecycle } = await get('/v1/lifecycles/fugitive');
    t.ok(lifecycle.rows.some(({ event }: { event: string }) => event === 'reported'));
    const key = randomUUID();
    const opened = await post('/v1/cases', bodyOf(opening), { 'idempotency-key': key });
    t.equal(opened.status, 201, JSON.stringify(opened.body));
    let at = { next: opened.body.links.next as string, seen: seenBy(opened.headers), status: opened.body.status };
    for (const step of steps) {
      if (restarting && step.type === 'transfer-approved') {
        await restart();
        const again = await post('/v1/cases', bodyOf(opening), { 'idempotency-key': key });
        t.same([again.status, again.body], [201, opened.body], 'the first answer is given again after a restart');
      }
      t.equal(await persons(at.seen), count, `${step.type} is not counted before it is a handover`);
      at = await takeStep(t, client, at.next, at.seen, step);
      if (step.type === 'handed-over-at-border-pass') count++;
    }
    t.equal(at.status, 'closed');
    t.equal(await persons(at.seen), count, 'the count has risen by one');
    const { self, events } = opened.body.links;
    t.match((await get(self, at.seen)).body, { status: 'closed', handovers: [{ handoverDate: TODAY }] });
    t.equal((await get(events)).body.events.length, 1 + steps.length, 'what was refused left nothing behind');
    const { body } = await get(figure);
    const behind = (await get(body.rows[0].links.events)).body;
    t.ok(behind.lines.some(({ links }: { links: { case: string } }) => links.case === self));
  }
  await restart();
  t.equal(await persons({}), count, 'and stays so');
  t.equal(await service.stop(), 0);
};

for (const kind of LOG_KINDS) {
  const skip = kind === 'eventstoredb' && SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false;
  t.test(`a case goes from its report to its closing, on ${kind}`, { skip }, (t) => goAllTheWay(t, kind));
}
