import { erasures, KEY_DESTROYED } from '../../domain/erasure/kind.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { deriveUuid } from '../derived-id.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { EventLog } from '../event-log/port.ts';
import type { AllCommands } from './all-commands.ts';
import { cannotBeRecorded } from './command-failure.ts';
import { following } from './following.ts';

/** An erasure of which the key of the record is destroyed, and copies of it may be left. */
export interface Incomplete {
  readonly id: string;
  readonly opening: EffectiveEvent;
  /** The key-encryption key under which copies of the key are wrapped. */
  readonly wrappedUnder: string;
}

export interface CompletionDependencies extends Pick<AllCommands, 'registerCommands'> {
  readonly log: Pick<EventLog, 'readAll' | 'readStream'>;
}

/** Finds erasures that are not complete, and records them as complete. Throws what the event log throws. */
export const createErasureCompletion = ({ registerCommands, log }: CompletionDependencies) => {
  const idsInLog = async (): Promise<ReadonlySet<string>> => {
    const ids = new Set<string>();
    for await (const chunk of log.readAll()) {
      for (const { stream } of chunk) {
        const record = recordOf(stream);
        if (record?.kind === erasures) ids.add(record.id);
      }
    }
    return ids;
  };

  return {
    /** In the order in which they were given. */
    incomplete: async (): Promise<readonly Incomplete[]> => {
      const found: Incomplete[] = [];
      for (const id of await idsInLog()) {
        const events = (await log.readStream(streamOf(erasures, id))).map((event) => decodeEvent(event).event);
        const { state, effective } = foldHistory(erasures.rules, events);
        const [opening] = effective;
        if (state?.standing.state !== KEY_DESTROYED || opening === undefined) continue;
        found.push({ id, opening, wrappedUnder: String(state.entries.wrappedUnder) });
      }
      return found;
    },

    /** Says that no copy of the key is left: its key-encryption key is gone, and these nodes, or the file, were cleaned up. */
    complete: async ({ id, opening, wrappedUnder }: Incomplete, scavenged: readonly string[]): Promise<void> => {
      const executed = await registerCommands(erasures).execute(
        id,
        {
          name: 'record',
          type: 'erasure-completed',
          occurredAt: opening.occurredAt,
          data: { destroyedKeyEncryptionKey: wrappedUnder, scavenged },
        },
        {
          commandId: deriveUuid('erasure completed', id),
          recordedBy: following(opening, 'erasure'),
          correlationId: id,
        },
      );
      if (!executed.ok) throw cannotBeRecorded(`that erasure ${id} is complete`, executed.error);
    },
  };
};
