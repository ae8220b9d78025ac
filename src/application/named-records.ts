import type { Event, Fields } from '../../domain/kernel/event.ts';
import { type SealedEntry, splitData } from '../../domain/kernel/event-shapes.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { Command } from '../../domain/kernel/record.ts';
import type { OtherRecord, Reference } from '../../domain/kernel/reference.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { kindOfCategory } from '../../domain/stream-kinds.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import { inBatches } from '../in-batches.ts';
import type { DataKey } from '../sealing/key-ring.ts';
import type { Vault } from '../sealing/vault.ts';
import type { CommandDependencies, Envelope } from './commands.ts';

/** Other records that a command names: as many as the longest list has that names some; and so many are looked up at once. */
const MOST_REFERENCES = 1_000;
const LOOKED_UP_AT_ONCE = 32;

/** What the commands of one kind of records name outside of their own stream. */
export const createNamedRecords = (
  kind: AnyStreamKind,
  {
    log,
    records,
    vault,
  }: Pick<CommandDependencies, 'log' | 'records'> & {
    readonly vault: Pick<Vault, 'find' | 'replacement' | 'inPlaceOf'>;
  },
) => {
  const { rules } = kind;

  const keyOf = async ({ category, id }: SealedEntry): Promise<readonly [string, DataKey]> => {
    const itsKind = kindOf(category);
    const { keyId } = records.atHand(itsKind, id) ?? (await records.load(itsKind, id));
    if (keyId === undefined) throw new Error(`${category} ${id} has no key`);
    return [`${category} ${id}`, await vault.inPlaceOf(keyId)];
  };

  /** Ids of records that a record names already as a command would name one, in what is sealed. */
  const namedAlready = async (id: string, { name, type = '' }: Command): Promise<readonly string[]> => {
    const { namedInSealed } = rules;
    if (name === 'open' || namedInSealed?.types.includes(type) !== true) return [];
    const events = await unsealAll(await log.readStream(streamOf(kind, id)), vault, namedInSealed.types);
    return namedInSealed.of(type, foldHistory(rules, events).effective);
  };

  return {
    /** The keys of the records that entries of some events are about; each was looked up before. */
    keysOfEntries: async (events: readonly Event<string, Fields>[]): Promise<(entry: SealedEntry) => DataKey> => {
      const entries = events.flatMap(({ type, data }) =>
        rules.shapes[type]?.entries === undefined ? [] : splitData(rules.shapes, type, data).entries,
      );
      const keys = new Map(await inBatches(entries, LOOKED_UP_AT_ONCE, keyOf));
      return ({ category, id }) => keys.get(`${category} ${id}`) as DataKey;
    },

    /** What a command names is looked up before it is decided. What is imported was seen when it was recorded. */
    lookUp: async (
      id: string,
      command: Command,
      { recordedBy, imported }: Pick<Envelope, 'recordedBy' | 'imported'>,
    ): Promise<readonly OtherRecord[]> => {
      const references: readonly Reference[] = rules.named(command);
      // No shape takes so many: the decision refuses the command, whatever stands behind them.
      if (references.length > MOST_REFERENCES) return [];
      const already = imported === undefined ? await namedAlready(id, command) : [];
      const find = async ({ category, id: named }: Reference): Promise<OtherRecord> => {
        const other = kindOf(category);
        const { state } = (await records.load(other, named)).history;
        const visible = state !== undefined && (imported !== undefined || other.maySee(recordedBy, state));
        return {
          category,
          id: named,
          state: visible ? state : undefined,
          isItself: named === id && other === kind,
          isNamedAlready: already.includes(named),
        };
      };
      return inBatches(references, LOOKED_UP_AT_ONCE, find);
    },
  };
};

const kindOf = (category: string): AnyStreamKind => {
  const kind = kindOfCategory(category);
  if (kind === undefined) throw new Error(`there are no records of the category ${category}`);
  return kind;
};

export type NamedRecords = ReturnType<typeof createNamedRecords>;
