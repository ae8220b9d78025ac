import { erasures } from '../../domain/erasure/kind.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { cannotBeRecorded } from '../application/command-failure.ts';
import { following } from '../application/following.ts';
import { type Ledger, openLedger } from '../compose.ts';
import { type Config, loadConfig } from '../config.ts';
import { deriveUuid } from '../derived-id.ts';
import { decodeEvent } from '../event-log/codec.ts';
import { compactLog } from '../event-log/sqlite/backup.ts';
import { eventLogLocation } from '../places.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import { keyEncryptionKeysInUse } from '../sealing/rotation.ts';
import { type Command, UsageError } from './command.ts';

/** An erasure of which the key of the case is destroyed, and copies of it may be left. */
interface Incomplete {
  readonly id: string;
  readonly opening: EffectiveEvent;
  /** The key-encryption key under which copies of the key are wrapped. */
  readonly wrappedUnder: string;
}

/** Records erasures as complete for which everything is done; tells what is still to be done of the others. */
export const completeErasures: Command = {
  summary:
    'record erasures as complete whose key-encryption key is gone and whose database was cleaned; with every service stopped',
  options: {
    scavenged: {
      type: 'string',
      multiple: true,
      help: 'on EventStoreDB: a node of which a scavenge has come to its end since; once for each node of the cluster',
    },
  },
  run: async ({ scavenged = [] }) => {
    const config = loadConfig(process.env);
    const cleaned = cleanedUp(config, scavenged as string[]);
    const ledger = await openLedger(config, () => new Date());
    try {
      const incomplete = await incompleteErasures(ledger);
      const held = new Set([
        ...readKeyEncryptionKeys(config.keyEncryptionKey.file).all.map(({ id }) => id),
        ...(await keyEncryptionKeysInUse(ledger.log)),
      ]);
      let left = 0;
      for (const erasure of incomplete) {
        if (held.has(erasure.wrappedUnder)) {
          left += 1;
          process.stderr.write(
            `erasure ${erasure.id}: ${erasure.wrappedUnder} is still in use; run rotate-key first\n`,
          );
        } else await complete(ledger, erasure, cleaned);
      }
      process.stderr.write(`${incomplete.length - left} erasures completed, ${left} left\n`);
      return left === 0;
    } finally {
      await ledger.close();
    }
  },
};

/** Cleans up the embedded log, or takes the word of whoever has done so on a server. */
const cleanedUp = (config: Config, scavenged: readonly string[]): readonly string[] => {
  const location = eventLogLocation(config);
  if (location.kind === 'eventstoredb') {
    if (scavenged.length > 0) return scavenged;
    throw new UsageError('run a scavenge on each node of EventStoreDB, then name each with --scavenged');
  }
  if (scavenged.length > 0)
    throw new UsageError('--scavenged is for EventStoreDB: this embedded log is cleaned up here');
  compactLog(location.file);
  return ['embedded log'];
};

const incompleteErasures = async ({ log }: Ledger): Promise<readonly Incomplete[]> => {
  const ids = new Set<string>();
  for await (const chunk of log.readAll()) {
    for (const { stream } of chunk) {
      const record = recordOf(stream);
      if (record?.kind === erasures) ids.add(record.id);
    }
  }
  const found: Incomplete[] = [];
  for (const id of ids) {
    const events = (await log.readStream(streamOf(erasures, id))).map((event) => decodeEvent(event).event);
    const { state, effective } = foldHistory(erasures.rules, events);
    const [opening] = effective;
    if (state?.standing.state !== 'key-destroyed' || opening === undefined) continue;
    found.push({ id, opening, wrappedUnder: String(state.entries.wrappedUnder) });
  }
  return found;
};

const complete = async (
  { registerCommands }: Ledger,
  { id, opening, wrappedUnder }: Incomplete,
  scavenged: readonly string[],
): Promise<void> => {
  const executed = await registerCommands(erasures).execute(
    id,
    {
      name: 'record',
      type: 'erasure-completed',
      occurredAt: opening.occurredAt,
      data: { destroyedKeyEncryptionKey: wrappedUnder, scavenged },
    },
    { commandId: deriveUuid('erasure completed', id), recordedBy: following(opening, 'erasure'), correlationId: id },
  );
  if (!executed.ok) throw cannotBeRecorded(`that erasure ${id} is complete`, executed.error);
  process.stderr.write(`erasure ${id} is complete\n`);
};
