import t from 'tap';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { readKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { openVault } from '../../src/sealing/vault.ts';
import { openTestLedger } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';

const KEYS = 300;

/** A log of which every so many appends are lost on the way. */
const losingEvery = (log: EventLog, nth: number): EventLog => {
  let appends = 0;
  return withAppend(log, async (...args) => {
    appends += 1;
    if (appends % nth === 0) throw new LogUnavailable('lost on the way');
    return log.append(...args);
  });
};

t.test('a log that loses one append in ten keeps nobody from a key, and no key that was created is lost', async (t) => {
  const { log, keyEncryptionKeyFile } = await openTestLedger(t);
  const vault = openVault(losingEvery(log, 10), readKeyEncryptionKeys(keyEncryptionKeyFile), () => new Date());
  const taken = new Set<string>();
  for (let tries = 0; tries < 2 * KEYS && taken.size < KEYS; tries++) {
    await vault.take().then(
      ({ id }) => taken.add(id),
      (error: unknown) => {
        if (!(error instanceof LogUnavailable)) throw error;
      },
    );
  }
  t.equal(taken.size, KEYS);
  let created = 0;
  for await (const chunk of log.readAll()) created += chunk.length;
  t.ok(created < 2 * KEYS, `${created} keys were created for ${KEYS}`);
});

t.test('of the calls for a batch of keys one that is never answered keeps nobody from the others', async (t) => {
  const { log, keyEncryptionKeyFile } = await openTestLedger(t);
  let appends = 0;
  const hanging = withAppend(log, async (...args) => {
    appends += 1;
    return appends === 1 ? new Promise<never>(() => {}) : log.append(...args);
  });
  const vault = openVault(hanging, readKeyEncryptionKeys(keyEncryptionKeyFile), () => new Date());
  const taken = await Promise.all(Array.from({ length: KEYS }, () => vault.take()));
  t.equal(new Set(taken.map(({ id }) => id)).size, KEYS);
});

t.test('where keys are created one after the other, few more are created than are wanted', async (t) => {
  const { log, keyEncryptionKeyFile } = await openTestLedger(t);
  let created = 0;
  let before: Promise<unknown> = Promise.resolve();
  const slow = withAppend(log, (...args) => {
    created += 1;
    const appended = before.then(() => log.append(...args));
    before = appended;
    return appended;
  });
  const vault = openVault(slow, readKeyEncryptionKeys(keyEncryptionKeyFile), () => new Date());
  const taken = await Promise.all(Array.from({ length: KEYS }, () => vault.take()));
  t.equal(new Set(taken.map(({ id }) => id)).size, KEYS);
  await before;
  t.ok(created < 2 * KEYS, `${created} keys were created for ${KEYS}`);
});
