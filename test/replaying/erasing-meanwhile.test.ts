import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { emptyWriteAheadLog, readModelFile } from '../../projections/database.ts';
import { CASES_READ_MODEL } from '../../projections/read-models.ts';
import { replay } from '../../src/replaying/replay.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

/** Opens a named pipe for writing as soon as somebody has opened it for reading. */
const openWhenRead = async (pipe: string): Promise<number> => {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await wait(5);
    }
  }
};

t.test('a view that is being replayed can be freed of what was erased meanwhile', async (t) => {
  const ledger = await openTestLedger(t);
  await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  await views.close();
  // Where the replay reads the key, before it begins to build, it waits for us.
  const pipe = join(ledger.directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const replaying = replay(
    { directory: views.directory, log: ledger.location, keyEncryptionKeyFile: pipe },
    { readModels: [CASES_READ_MODEL], signal: new AbortController().signal, onProgress: () => {} },
  );
  const key = await openWhenRead(pipe);
  const live = new DatabaseSync(readModelFile(views.directory, CASES_READ_MODEL));
  live.exec('UPDATE case_status SET incident = NULL');
  t.ok(emptyWriteAheadLog(live), 'the replay holds no earlier state');
  live.close();

  await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
  const goneOn = openTestViews(t, ledger, views.directory);
  await goneOn.upToDate();
  await goneOn.close();
  rmSync(pipe);
  execFileSync('mkfifo', [pipe]);
  const give = (reading: number): void => {
    writeSync(reading, readFileSync(ledger.keyEncryptionKeyFile));
    closeSync(reading);
  };
  give(key);
  give(await openWhenRead(pipe));
  const head = await ledger.log.head();
  t.match(
    await replaying,
    [
      {
        comparison: 'same-position',
        position: head,
        livePosition: head,
        events: 2 * ordinaryWays.suspect.length,
        differences: 0,
      },
    ],
    'it goes on to where the view stands when all is built, which is then held',
  );
});
