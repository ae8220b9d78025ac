import { REGISTERS } from '../../domain/stream-kinds.ts';
import { namesOf } from '../../src/routes/v1/registers/representation.ts';
import { RECORDS, type RecordName } from './access-table.ts';
import type { Answer, Headers, TestApp } from './app.ts';
import { bodyOf } from './case-bodies.ts';
import type { Opening } from './case-scenario.ts';
import { eventually } from './eventually.ts';
import { bodiesThatOpen, isPublic } from './opened-records.ts';
import { ordinaryWays, wayTo } from './ordinary-ways.ts';
import { standsAs } from './reconciliations.ts';

/** A record of the table, as it stands in the ledger. */
export interface MatrixRecord {
  readonly name: RecordName;
  readonly id: string;
  /** Stands in what is sealed of it, and nowhere else. */
  readonly secret: string;
}

/** By it every person of a case is found. */
export const COMMON_NAME = 'Ngoc Lan';

const accepted = (answer: Answer): Answer => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer;
};

/** Letters alone, so that it can be a name. */
const secretOf = (name: RecordName): string => `Hidden${name.replaceAll(/\W/g, '')}End`;

const CASES = {
  'case of the own office': 'fugitive',
  'case shared with the other side': 'fugitive',
  'case of the other side': 'fugitive',
  'case of a victim': 'trafficking-victim',
  'case of a detained person, shared': 'unlawful-detention',
  'case of an expunged person': 'fugitive',
} as const satisfies Partial<Record<RecordName, keyof typeof ordinaryWays>>;

/** In what records differ from the usual one of their kind, such as whom they let in. */
const OTHERWISE: Partial<Record<RecordName, object>> = {
  'case of the other side': { requestingParty: 'VN' },
  'request within the side': { addressee: 'CN-GX-PSD' },
  'request of the other side': { addressee: 'VN-34-PD' },
  'request about a victim': { addressee: 'CN-GX-PSD', protected: true },
  'minutes with a counterpart': { number: '13/2024/BB-BG', counterpart: 'VN-04-BLO' },
  'operation with an office of the other side': { offices: ['CN-GX-BLO', 'VN-04-BLO'] },
  'operation opened by the other side': { offices: ['VN-09-BLO', 'CN-GX-BLO'] },
};

/** Every record of the table, opened and shared as it says, with something sealed in each. */
export const matrixRecords = async (started: TestApp): Promise<readonly MatrixRecord[]> => {
  const { post, as, views } = started;
  const openCase = async (
    kind: keyof typeof ordinaryWays,
    secret: string,
    account: Headers,
    more: object,
  ): Promise<string> => {
    const [opening] = ordinaryWays[kind];
    const names = [
      { text: COMMON_NAME, script: 'Latn', role: 'native' },
      { text: secret, script: 'Latn', role: 'alias' },
    ];
    const particulars = { ...opening.particulars, ...more, person: { names } };
    return accepted(await post('/v1/cases', bodyOf({ ...opening, particulars }), account)).json().id;
  };
  const record = async (url: string, type: string, data: object, account: Headers): Promise<void> => {
    accepted(await post(`${url}/events`, { type, occurredAt: '2024-02-02', data }, account));
  };
  const sideOf = (office: string) => office.slice(0, 2) as 'CN' | 'VN';

  const made: MatrixRecord[] = [];
  for (const [name, kind] of Object.entries(CASES) as [keyof typeof CASES, (typeof CASES)[keyof typeof CASES]][]) {
    const { openedBy, shownTo } = RECORDS[name];
    const account = await as(shownTo[0] as 'recorder', sideOf(openedBy), openedBy);
    const id = await openCase(kind, secretOf(name), account, OTHERWISE[name] ?? {});
    if (name.includes('shared')) await record(`/v1/cases/${id}`, 'shared-with', { offices: ['VN-04-BLO'] }, account);
    made.push({ name, id, secret: secretOf(name) });
  }

  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const [opening, ...steps] = wayTo('irregular-entry', 'return-ordered') as readonly [Opening, ...object[]];
  const returning = accepted(await post('/v1/cases', bodyOf(opening), officer)).json();
  for (const step of steps) accepted(await post(returning.links.events, bodyOf(step as Opening), officer));
  const expunged = made.find(({ name }) => name === 'case of an expunged person')?.id as string;

  for (const kind of REGISTERS) {
    for (const [name, { of, openedBy }] of Object.entries(RECORDS) as [RecordName, (typeof RECORDS)[RecordName]][]) {
      if (of !== kind.category) continue;
      const secret = secretOf(name);
      const account = await as('recorder', sideOf(openedBy), openedBy);
      const opened = bodiesThatOpen(secret, { returning: returning.id, expunged })[of];
      const word = isPublic(kind) && { statedBy: { office: 'VN-MPS', document: secret } };
      const body = { occurredAt: '2024-02-01', ...word, ...opened, ...OTHERWISE[name] };
      const { id, links } = accepted(await post(`/v1${namesOf(kind).path}`, body, account)).json();
      made.push({ name, id, secret });
      if (of === 'reconciliation') {
        const lines = [{ names: [secret], date: '2025-03-02', pass: 'youyi-guan' }];
        accepted(await post(`${links.self}/lines?occurredAt=2026-01-05`, { lines }, account));
        await standsAs(started, links.self, account, 'compared');
      }
      if (of === 'erasure') {
        await eventually(() => views.registers.idsOf('erasure', 'status', 'key-destroyed', 10).includes(id));
      }
    }
  }
  await views.upToDate();
  return made;
};
