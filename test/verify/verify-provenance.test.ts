import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { verifyProvenance } from '../../src/verify/verify-provenance.ts';
import { startApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { minutesOf, workedOff } from '../support/minutes.ts';
import { ordinaryWays, wayTo } from '../support/ordinary-ways.ts';
import { allSigned } from '../support/signed.ts';
import { newSigner } from '../support/signers.ts';

const signer = newSigner('cn.example/log');
const HASH = 'ab'.repeat(32);

/** Two persons who were handed over by themselves, two by one signing, and one who was not; all of it signed. */
const started = async (t: Test) => {
  const app = await startApp(t, { signed: { signer } });
  const officer = await app.as('recorder');
  for (let cases = 0; cases < 2; cases++) await sendCase(app, ordinaryWays.fugitive, officer);
  const ready = [];
  for (let cases = 0; cases < 2; cases++)
    ready.push(await sendCase(app, wayTo('irregular-entry', 'return-ordered'), officer));
  const signing = minutesOf(ready.map(({ id }) => ({ case: id, outcome: 'handed-over' })));
  const answer = await app.post('/v1/handovers', { ...signing, documentHash: HASH }, officer);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  await sendCase(app, wayTo('fugitive', 'captured'), officer);
  await workedOff(app, answer.json().links.self, officer);
  await allSigned(app);
  const auditor = await app.as('auditor');
  const scratch = (name: string): string => {
    const directory = join(app.ledger.directory, `scratch-${name}`);
    mkdirSync(directory);
    return directory;
  };
  let runs = 0;
  const faultsOf = async (text: string, key = signer.verifier): Promise<string> =>
    (await verifyProvenance(JSON.parse(text), { key, witnesses: [] }, scratch(String(runs++)))).faults.join('\n');
  return { ...app, officer, auditor, faultsOf };
};

t.test('a figure is handed over with where it comes from, and checked with the key of the log alone', async (t) => {
  const { get, officer, auditor, faultsOf } = await started(t);
  const proofOf = async (url: string) => {
    const answer = await get(url, auditor);
    t.equal(answer.statusCode, 200, answer.body);
    return answer;
  };

  t.test('of a year', async (t) => {
    const { body } = await proofOf('/v1/handovers/yearly/2024/VN-CN/provenance?kind=fugitive');
    const { contributions, lines, events } = JSON.parse(body);
    t.equal(contributions, 2);
    t.match(lines[0], { record: { category: 'case' }, minutes: null });
    t.ok(events.length > 10);
    t.notMatch(body, /"names"/, 'what is sealed stays sealed');
    t.equal(await faultsOf(body), '');
  });

  t.test('with the minutes and the hash of their document', async (t) => {
    const { body } = await proofOf('/v1/handovers/yearly/2024/CN-VN/provenance?kind=irregular-entry');
    const { contributions, lines } = JSON.parse(body);
    t.equal(contributions, 2);
    t.match(lines[0].minutes, { documentHash: HASH });
    t.equal(await faultsOf(body), '');
  });

  t.test('of a row of a report, in a scope', async (t) => {
    const query = 'from=2024-01-01&to=2024-12-31';
    for (const url of [
      `/v1/reports/period/fugitive.handed-over.VN-CN/provenance?${query}`,
      `/v1/reports/period/fugitive.handed-over.VN-CN/provenance?${query}&provinces=CN-GX&judgedBy=pass`,
    ]) {
      const { body } = await proofOf(url);
      t.equal(JSON.parse(body).contributions, 2);
      t.equal(await faultsOf(body), '');
    }
  });

  t.test('as it was known before', async (t) => {
    const { lines } = JSON.parse((await proofOf('/v1/handovers/yearly/2024/VN-CN/provenance?kind=fugitive')).body);
    const first = lines[0].record.id;
    const history = (await get(`/v1/cases/${first}/events`, auditor)).json().events;
    const { position } = history.find(({ type }: { type: string }) => type === 'transferred');
    const { body } = await proofOf(`/v1/handovers/yearly/2024/VN-CN/provenance?kind=fugitive&asOf=${position}`);
    t.ok(JSON.parse(body).contributions < 2);
    t.equal(await faultsOf(body), '');
  });

  t.test('what was done to it is found', async (t) => {
    const { body } = await proofOf('/v1/handovers/yearly/2024/VN-CN/provenance?kind=fugitive');
    const document = JSON.parse(body);
    const edited = (edit: (copy: typeof document) => void): string => {
      const copy = structuredClone(document);
      edit(copy);
      return JSON.stringify(copy);
    };
    for (const [what, text, expected] of [
      [
        'a figure',
        edited((copy) => {
          copy.contributions = 3;
        }),
        /given as 3, and the events give 2/,
      ],
      [
        'a line',
        edited((copy) => {
          copy.lines.pop();
        }),
        /the lines are not those that the events give/,
      ],
      [
        'an event',
        edited((copy) => {
          copy.events[3].event.data = copy.events[3].event.data.replace('2024', '2023');
        }),
        /is not shown to be in the signed log/,
      ],
      [
        'an event that is left out',
        edited((copy) => {
          copy.events.splice(3, 1);
        }),
        /is not there: revision/,
      ],
      [
        'a proof',
        edited((copy) => {
          copy.events[0].proof.reverse();
        }),
        /is not shown to be in the signed log/,
      ],
      [
        'the checkpoint',
        edited((copy) => {
          copy.checkpoint = copy.checkpoint.replace(/\n\d+\n/, '\n99\n');
        }),
        /it is not signed with the key/,
      ],
      [
        'another question',
        edited((copy) => {
          copy.figure.filter.direction = ['CN-VN'];
        }),
        /given as 2, and the events give 0/,
      ],
      ['something else', '{}', /it is no document of a figure/],
    ] as const) {
      t.match(await faultsOf(text), expected, what);
    }
    t.match(await faultsOf(body, newSigner('cn.example/log').verifier), /it is not signed with the key/);
  });

  t.test('is for auditors, who see all of it', async (t) => {
    t.equal((await get('/v1/handovers/yearly/2024/VN-CN/provenance?kind=fugitive', officer)).statusCode, 403);
    t.equal(
      (await get('/v1/handovers/yearly/2024/VN-CN/provenance', auditor)).statusCode,
      400,
      'kinds are not added up',
    );
  });
});
