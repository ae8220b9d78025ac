import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { handovers } from '../../domain/handover/kind.ts';
import { NO_RECORD } from '../../src/application/loaded-record.ts';
import { createNamedRecords } from '../../src/application/named-records.ts';
import { decodeEvent, encodeEvent, unsealEvent } from '../../src/event-log/codec.ts';
import { randomKey } from '../../src/sealing/cipher.ts';
import type { DataKey } from '../../src/sealing/key-ring.ts';

const MOST_AT_ONCE = 32;

/** A vault that holds whichever key is asked for, and knows how many were asked for at once. */
const countingVault = () => {
  const key = randomKey();
  let asking = 0;
  let most = 0;
  const find = async (id: string): Promise<DataKey> => {
    asking += 1;
    most = Math.max(most, asking);
    await turn();
    asking -= 1;
    return { id, key };
  };
  return { most: () => most, find, inPlaceOf: find, replacement: async () => undefined };
};

t.test('the keys of the persons in long minutes are looked for a few at once', async (t) => {
  const lines = Array.from({ length: 300 }, (_, index) => ({
    case: randomUUID(),
    outcome: 'handed-over',
    property: `bag ${index}`,
  }));
  const event = { type: 'minutes-signed', occurredAt: '2024-02-01', data: { number: '1/2024', lines } };
  const sealing = countingVault();
  const records = { atHand: (_: unknown, id: string) => ({ ...NO_RECORD, keyId: `key of ${id}` }) };
  const named = createNamedRecords(handovers, { log: {} as never, records: records as never, vault: sealing });
  const keyOf = await named.keysOfEntries([event]);
  for (const { case: id } of lines) t.equal(keyOf({ index: 0, category: 'case', id, data: {} }).id, `key of ${id}`);
  t.ok(sealing.most() <= MOST_AT_ONCE, `${sealing.most()} at once`);

  t.test('and as few when they are opened', async (t) => {
    const stream = `handover-${randomUUID()}`;
    const id = randomUUID();
    const origin = {
      recordedAt: '2024-02-01T00:00:00.000Z',
      recordedBy: { subject: 'officer-1', office: 'CN-MPS', side: 'CN', role: 'recorder' },
      commandId: randomUUID(),
      fingerprint: '',
      correlationId: '',
      causationId: '',
    } as const;
    const opening = countingVault();
    const ofEntry = await opening.find('key');
    const encoded = encodeEvent(stream, id, event, origin, ofEntry, () => ofEntry);
    const decoded = decodeEvent({ ...encoded, stream, revision: 0, position: '1' } as never);
    const opened = await unsealEvent(stream, decoded, opening);
    t.match(opened?.data, { lines });
    t.ok(opening.most() <= MOST_AT_ONCE, `${opening.most()} at once`);
  });
});
