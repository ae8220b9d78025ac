import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parseCheckpoint, signCheckpoint } from '../../src/transparency/checkpoint.ts';
import { cosign } from '../../src/transparency/cosignature.ts';
import { entryOf } from '../../src/transparency/leaf.ts';
import { hashLeaf } from '../../src/transparency/merkle.ts';
import { formatVerifierKey, parseNote, type SignerKey, signatureLine } from '../../src/transparency/note.ts';
import { withCosignatures } from '../../src/transparency/tree-file.ts';
import { followTreeOfEvents } from '../../src/transparency/tree-head.ts';
import { writeBundle } from '../../src/verify/bundle.ts';
import type { Trusted } from '../../src/verify/signatures.ts';
import { verifyBundle } from '../../src/verify/verify-bundle.ts';
import { startApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { ordinaryWays, wayTo } from '../support/ordinary-ways.ts';
import { newSigner, newWitness } from '../support/signers.ts';
import { testFolder } from '../support/test-folder.ts';

const signer = newSigner('cn.example/log');
const witness = newWitness('vn.example/witness');
const SEED = 260;

interface Made {
  readonly folder: string;
  /** The checkpoint of the bundle, and an earlier one. */
  readonly checkpoint: string;
  readonly earlier: string;
}

/** The bundle of a ledger of many events, two persons of which were handed over. */
const makeBundle = async (t: Test): Promise<Made> => {
  const started = await startApp(t, { signed: { signer } });
  const { ledger, transparency, views } = started;
  const officer = await started.as('recorder');
  const signedUpTo = async (size: number): Promise<string> => {
    await eventually(() => (transparency.tree.latestCheckpoint()?.size ?? 0) >= size);
    const latest = transparency.tree.latestCheckpoint();
    if (latest === undefined) throw new Error('nothing is signed');
    return withCosignatures(latest);
  };
  for (let cases = 0; cases < 2; cases++) await sendCase(started, ordinaryWays.fugitive, officer);
  const earlier = await signedUpTo(12);
  for (let events = 0; events < SEED; events += 3) await sendCase(started, wayTo('fugitive', 'captured'), officer);
  await views.upToDate();
  const head = followTreeOfEvents();
  for await (const chunk of ledger.log.readAll()) for (const event of chunk) head.add(event);
  const text = await signedUpTo(head.head().size);
  const checkpoint = text + signatureLine(cosign(parseNote(text).text, witness, new Date()));
  const rows = views.handovers.yearly({}, ['year', 'direction', 'kind']);
  const folder = join(ledger.directory, 'bundle');
  const key = formatVerifierKey(signer.verifier);
  await writeBundle(folder, ledger.log, { checkpoint, key, yearly: { rows } }, () => {});
  return { folder, checkpoint, earlier };
};

/** What is found in a copy of the bundle to which something was done. */
const faultsIn = async (
  t: Test,
  folder: string,
  doTo: (folder: string, edit: (path: string, change: (text: string) => string) => void) => void,
  trusted: Partial<Trusted> = {},
): Promise<readonly string[]> => {
  const directory = testFolder(t);
  const copy = join(directory, 'bundle');
  cpSync(folder, copy, { recursive: true });
  doTo(copy, (path, change) => writeFileSync(join(copy, path), change(readFileSync(join(copy, path), 'utf8'))));
  const scratch = join(directory, 'scratch');
  mkdirSync(scratch);
  const known = { key: signer.verifier, witnesses: [witness.verifier], seen: [], ...trusted };
  return (await verifyBundle(copy, known, scratch, () => {})).faults;
};

const linesOf = (change: (lines: string[]) => readonly string[]) => (text: string) =>
  `${change(text.trimEnd().split('\n')).join('\n')}\n`;

/** An event of a line, changed. */
const changed = (line: string, change: (event: Record<string, string>) => object): string => {
  const event = JSON.parse(line);
  return JSON.stringify({ ...event, ...change(event) });
};

/** Writes a folder anew as whoever runs the ledger could: with events of their choice, and the key of the log. */
const writtenAnew = (folder: string, change: (lines: readonly string[]) => readonly string[], by: SignerKey): void => {
  const lines = change(readFileSync(join(folder, 'events.ndjson'), 'utf8').trimEnd().split('\n'));
  writeFileSync(join(folder, 'events.ndjson'), `${lines.join('\n')}\n`);
  const head = followTreeOfEvents();
  for (const line of lines) head.add(JSON.parse(line));
  writeFileSync(join(folder, 'checkpoint'), signCheckpoint(head.head(), by));
};

t.test('a bundle', async (t) => {
  const { folder, checkpoint, earlier } = await makeBundle(t);
  const faultsOf = (
    t: Test,
    doTo: Parameters<typeof faultsIn>[2],
    trusted: Partial<Trusted> = {},
  ): Promise<readonly string[]> => faultsIn(t, folder, doTo, trusted);

  t.test('a bundle that nobody touched', async (t) => {
    t.same(await faultsOf(t, () => {}), []);
    const seen = [{ what: 'kept.checkpoint', text: earlier }];
    t.same(await faultsOf(t, () => {}, { seen }), [], 'it goes on from an earlier checkpoint');
  });

  t.test('each way to tamper is found and named', async (t) => {
    const EVENTS = 'events.ndjson';
    const table: readonly [string, Parameters<typeof faultsIn>[2], RegExp][] = [
      [
        'a byte of the data of an event',
        (_, edit) =>
          edit(EVENTS, (text) =>
            linesOf((lines) =>
              lines.map((line, at) =>
                at === 3 ? changed(line, ({ data = '' }) => ({ data: data.replace('2024', '2023') })) : line,
              ),
            )(text),
          ),
        /revision 3 of case-.*, leaf 3: its data was changed/,
      ],
      [
        'when an event was recorded',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) =>
              lines.with(
                3,
                changed(lines[3] as string, ({ metadata = '' }) => ({
                  metadata: metadata.replace(/"recordedAt":"20\d\d/, '"recordedAt":"2001'),
                })),
              ),
            ),
          ),
        /leaf 3: its metadata and its recordedAt was changed/,
      ],
      [
        'the type of an event',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) =>
              lines.with(
                1,
                changed(lines[1] as string, () => ({ type: 'closed' })),
              ),
            ),
          ),
        /leaf 1: its type was changed/,
      ],
      [
        'two events that change places',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) => [lines[1], lines[0], ...lines.slice(2)] as string[]),
          ),
        /leaf 0, was moved: it stands before leaf 2/,
      ],
      [
        'an event that is left out',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) => lines.toSpliced(20, 1)),
          ),
        /leaf 20 has no event: event .* was left out/,
      ],
      [
        'an event that is put in',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) =>
              lines.toSpliced(
                20,
                0,
                changed(lines[19] as string, () => ({ id: '10000000-0000-4000-8000-000000000000', revision: 99 })),
              ),
            ),
          ),
        /event 10000000-.* is no leaf: it was put in before leaf 20/,
      ],
      [
        'an event that is there twice',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) => lines.toSpliced(20, 0, lines[19] as string)),
          ),
        /is there twice/,
      ],
      [
        'the end that is cut off',
        (_, edit) =>
          edit(
            EVENTS,
            linesOf((lines) => lines.slice(0, -5)),
          ),
        /the end is missing/,
      ],
      [
        'a line that is spoilt',
        (_, edit) => edit(EVENTS, (text) => text.replace('{', '[')),
        /line 1 of events.ndjson is not JSON/,
      ],
      [
        'an entry',
        (folder) => {
          const path = join(folder, 'tile/entries/000');
          const bytes = readFileSync(path);
          bytes[40] = (bytes[40] as number) ^ 1;
          writeFileSync(path, bytes);
        },
        /leaf 0: |is no leaf: it was put in before leaf/,
      ],
      [
        'a tile',
        (folder) => writeFileSync(join(folder, 'tile/0/000'), Buffer.alloc(8_192)),
        /tile\/0\/000 is not what its entries give/,
      ],
      [
        'a tile that is not there',
        (folder) => rmSync(join(folder, 'tile/1/000.p/1')),
        /tile\/1\/000\.p\/1 cannot be used: .* is not there/,
      ],
      [
        'entries that are not there',
        (folder) => rmSync(join(folder, 'tile/entries/000')),
        /tile\/entries\/000 cannot be used/,
      ],
      [
        'the size of the checkpoint',
        (_, edit) => edit('checkpoint', (text) => text.replace(/\n(\d+)\n/, '\n12\n')),
        /the checkpoint: it is not signed with the key/,
      ],
      ['no checkpoint', (folder) => rmSync(join(folder, 'checkpoint')), /the checkpoint cannot be read/],
      [
        'a figure',
        (_, edit) => edit('yearly.json', (text) => text.replace(/"persons": \d+/, '"persons": 3')),
        /the figure of 2024 VN-CN fugitive is given as 3 persons, and the events give 2 persons/,
      ],
      [
        'a figure that is left out',
        (_, edit) => edit('yearly.json', () => '{"rows":[]}'),
        /is given as none, and the events give 2 persons/,
      ],
    ];
    for (const [what, doTo, expected] of table) {
      t.match((await faultsOf(t, doTo)).join('\n'), expected, what);
    }
  });

  t.test('who holds the key of the log is found out by what others have kept', async (t) => {
    const seen = [{ what: 'kept.checkpoint', text: checkpoint }];
    const nobody = { witnesses: [] };
    const cut = (lines: readonly string[]) => lines.slice(0, -5);
    const rewritten = (lines: readonly string[]) =>
      lines.with(
        3,
        changed(lines[3] as string, ({ data = '' }) => ({ data: data.replace('2024', '2023') })),
      );

    const cutOff = await faultsOf(t, (folder) => writtenAnew(folder, cut, signer), { ...nobody, seen });
    t.match(cutOff.join('\n'), /kept\.checkpoint is of \d+ leaves, and there are \d+: the end is missing/);
    const uncosigned = await faultsOf(t, (folder) => writtenAnew(folder, cut, signer));
    t.match(uncosigned.join('\n'), /the checkpoint is not cosigned by vn\.example\/witness/);

    const other = await faultsOf(t, (folder) => writtenAnew(folder, rewritten, signer), {
      ...nobody,
      seen: [{ what: 'kept.checkpoint', text: earlier }],
    });
    t.match(other.join('\n'), /kept\.checkpoint is of another history: of its \d+ leaves one was changed/);
    const forged = await faultsOf(t, (folder) => writtenAnew(folder, rewritten, newSigner('cn.example/log')));
    t.match(forged.join('\n'), /the checkpoint: it is not signed with the key/);
  });

  t.test('events that were never possible are found, whoever has signed them', async (t) => {
    const impossible = (lines: readonly string[]) =>
      lines.filter((line) => JSON.parse(line).type !== 'protection-check-recorded');
    const faults = await faultsOf(t, (folder) => writtenAnew(folder, impossible, signer), { witnesses: [] });
    t.match(faults.join('\n'), /revision 4 of case-.* is not there: revision 5/);

    const outOfOrder = (lines: readonly string[]) =>
      lines.map((line) =>
        JSON.parse(line).type === 'captured'
          ? changed(line, () => ({ type: 'closed', data: JSON.stringify({ occurredAt: '2024-01-02', open: {} }) }))
          : line,
      );
    const unlawful = await faultsOf(t, (folder) => writtenAnew(folder, outOfOrder, signer), { witnesses: [] });
    t.match(unlawful.join('\n'), /revision 2 of case-.*: event .* \(closed\) cannot follow on located/);

    const misshapen = (lines: readonly string[]) =>
      lines.with(
        2,
        changed(lines[2] as string, ({ data = '' }) => ({
          data: JSON.stringify({ ...JSON.parse(data), open: { colour: 'red' } }),
        })),
      );
    const malformed = await faultsOf(t, (folder) => writtenAnew(folder, misshapen, signer), { witnesses: [] });
    t.match(malformed.join('\n'), /revision 2 of case-.*: its open data at \/: Unrecognized key/);
  });

  t.test('a leaf is the same whoever works it out', async (t) => {
    const first = readFileSync(join(folder, 'events.ndjson'), 'utf8').split('\n')[0] as string;
    const tile = readFileSync(join(folder, 'tile/0/000'));
    t.ok(hashLeaf(entryOf(JSON.parse(first))).equals(tile.subarray(0, 32)));
    t.ok(parseCheckpoint(checkpoint).size > 256, 'the tree has more than one tile');
  });
});
