import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { caseEvents } from '../../domain/case/events.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { EventUnreadable } from '../../domain/kernel/event.ts';
import { decodeEvent, unsealEvent } from '../../src/event-log/codec.ts';
import { onEachLog, openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

/** Texts that identify somebody, each where a case can have it; none of them may be found in a file of the log. */
const SECRETS = {
  hanzi: '欧阳某某',
  vietnamese: 'Nguyễn Thị Ẩn Danh',
  document: 'C8877665544',
  birthDate: '1987-11-23',
  relative: 'Đặng Mẫu Thân',
  caseNumber: '桂公刑立字〔2017〕第4711号',
  warrant: 'WARRANT-31415926',
  place: 'Nhà số 17 phố Bí Mật',
  note: 'Ghi chú kín về người này',
  decidedBy: 'Trần Quyết Định',
  guardian: 'Lý Giám Hộ',
  signatory: 'Phạm Ký Tên',
  statement: 'Công văn số 99 về người này',
} as const;

const steps = () => {
  const way = ordinaryWays.fugitive.map((step) => ({
    ...step,
    ...(step.by === 'VN' && { statedBy: { office: 'VN-MPS', document: SECRETS.statement } }),
    data: { ...step.data, note: SECRETS.note, place: SECRETS.place },
  }));
  const [opening, ...rest] = way as unknown as [
    (typeof ordinaryWays.fugitive)[0],
    ...(typeof ordinaryWays.fugitive)[0][],
  ];
  const person = {
    names: [
      { text: SECRETS.hanzi, script: 'Hans', role: 'native' },
      { text: SECRETS.vietnamese, script: 'Latn', role: 'sino-vietnamese' },
    ],
    birthDate: { date: SECRETS.birthDate },
    documents: [{ type: 'passport', number: SECRETS.document }],
    relatives: [{ relation: 'mother', name: SECRETS.relative }],
  };
  const particulars = {
    ...opening.particulars,
    person,
    caseNumbers: [{ side: 'CN', number: SECRETS.caseNumber }],
    warrantNumber: SECRETS.warrant,
  };
  return [
    { ...opening, particulars },
    { type: 'guardian-appointed', by: 'VN' as const, data: { guardian: SECRETS.guardian } },
    ...rest.map((step) => ({
      ...step,
      data: {
        ...step.data,
        ...(step.type === 'protection-check-recorded' && { decidedBy: SECRETS.decidedBy }),
        ...(step.type === 'handed-over-at-border-pass' && {
          minutes: { number: 'M-1', signatories: [{ side: 'VN', name: SECRETS.signatory }] },
        }),
      },
    })),
  ];
};

const filesUnder = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile());

t.test('no plain name is in any file of the embedded log', async (t) => {
  const ledger = await openTestLedger(t);
  const scenario = steps();
  // A guardian is only put on record of a person in custody.
  scenario.splice(3, 0, ...scenario.splice(1, 1));
  const { history } = await sendAll(ledger, randomUUID(), scenario);
  t.equal(history.state.standing.state, 'closed');
  const search = () => {
    for (const file of filesUnder(ledger.directory)) {
      const bytes = readFileSync(file);
      for (const [what, secret] of Object.entries(SECRETS)) {
        for (const form of [
          secret,
          secret.normalize('NFD'),
          JSON.stringify(secret).slice(1, -1),
          escaped(secret),
          Buffer.from(secret).toString('base64').slice(0, -4),
        ]) {
          t.notOk(bytes.includes(form), `${what} is not in ${file.slice(ledger.directory.length)}`);
        }
      }
    }
  };
  search();
  await ledger.restart();
  search();
});

const escaped = (text: string): string =>
  [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

onEachLog(t, 'what was sealed comes back with the key of the case, and with no other', async (t, ledger) => {
  const caseId = randomUUID();
  await sendAll(ledger, caseId, ordinaryWays.suspect);
  const otherCase = randomUUID();
  await sendAll(ledger, otherCase, ordinaryWays.suspect.slice(0, 1));
  const stream = caseStream(caseId);
  const [opening] = (await ledger.log.readStream(stream)).map(decodeEvent);
  const [stranger] = (await ledger.log.readStream(caseStream(otherCase))).map(decodeEvent);
  if (opening === undefined || stranger === undefined) throw new Error('the cases have events');
  const { vault } = ledger.another();
  t.match((await unsealEvent(stream, opening, vault))?.data, { person: { names: [{ text: 'N. V. A.' }] } });
  t.notHas(opening.event.data, 'person');
  const { metadata } = stranger;
  t.not(opening.metadata.keyId, metadata.keyId, 'every case has a key of its own');
  const inAnother = unsealEvent(caseStream(otherCase), opening, vault);
  await t.rejects(inAnother, EventUnreadable, 'a box does not open as an event of another stream');
  await t.rejects(unsealEvent(stream, { ...opening, metadata }, vault), EventUnreadable, 'nor with another key');
  await ledger.log.tombstone(`vault-${opening.metadata.keyId}`);
  const { vault: afterwards } = ledger.another();
  t.equal(await unsealEvent(stream, opening, afterwards), undefined, 'nor when its key was destroyed');
});

t.test('every free text of an event is sealed', async (t) => {
  for (const [type, { sealed }] of Object.entries(caseEvents)) {
    t.ok('note' in sealed.shape && 'place' in sealed.shape && 'source' in sealed.shape, type);
  }
});
