import { deriveUuid } from '../derived-id.ts';
import { type EventLog, RevisionConflict } from '../event-log/port.ts';
import { type AssociatedData, seal } from './cipher.ts';
import { type DataKey, KeyDestroyed, type KeyRing } from './key-ring.ts';
import { type Replacement, type ResealedBox, readReplacement } from './replacement.ts';
import { replacementStream, vaultStream } from './streams.ts';

/** What is sealed anew under the key that takes the place of another. */
export interface Resealed {
  /** The place of the box among those of its record; see `boxPlace`. */
  readonly place: string;
  readonly plain: string;
  readonly associated: AssociatedData;
}

/** The steps by which one key takes the place of another. Each is harmless when it is repeated, by whichever node; each throws what the event log throws. */
export interface KeyReplacing {
  /**
   * Begins to put another key into the place of one, for an order by its id: from now on what comes is sealed under that one. Throws where
   * another order has begun with the key: what that one keeps is not what this one keeps.
   */
  beginReplacement(keyId: string, order: string): Promise<DataKey>;
  /** Seals what is to be kept anew under the key that takes the place; gives how much of it was not sealed anew before. */
  reseal(keyId: string, contents: readonly Resealed[]): Promise<number>;
  /** Destroys a key: what it sealed and was not sealed anew is gone for good, from every copy of the log. */
  destroy(keyId: string): Promise<void>;
  /** The key that stands in the place of one: itself, unless it was destroyed. */
  inPlaceOf(keyId: string): Promise<DataKey>;
  /** Ids of the keys from one to the one that is in its place now, itself first, each with the order by which it took the place. */
  succession(keyId: string): Promise<readonly { readonly keyId: string; readonly order: string | undefined }[]>;
}

/** The replacing of keys of a vault, which takes new ones with `take`; `recorded` is the metadata of what is appended. */
export const createKeyReplacing = (
  log: EventLog,
  ring: KeyRing,
  { take, recorded }: { readonly take: () => Promise<DataKey>; readonly recorded: () => string },
): KeyReplacing => {
  const begun = async (keyId: string): Promise<Replacement> => {
    const replacement = await readReplacement(log, keyId);
    if (replacement === undefined) throw new Error(`nothing takes the place of key ${keyId} yet`);
    return replacement;
  };

  return {
    beginReplacement: async (keyId, order) => {
      for (;;) {
        const replacement = await readReplacement(log, keyId);
        if (replacement !== undefined) {
          if (replacement.order === order) return ring.find(replacement.by);
          throw new Error(`order ${replacement.order} has begun with key ${keyId}, and comes before order ${order}`);
        }
        const key = await take();
        const data = JSON.stringify({ by: key.id, order });
        try {
          const id = deriveUuid('key replaced', keyId, key.id);
          await log.append(replacementStream(keyId), 'no-stream', [
            { id, type: 'key-replaced', data, metadata: recorded() },
          ]);
          return key;
        } catch (error) {
          if (!(error instanceof RevisionConflict)) throw error;
        }
      }
    },

    reseal: async (keyId, contents) => {
      let { by, boxes } = await begun(keyId);
      const { key } = await ring.find(by);
      let added = 0;
      for (const { place, plain, associated } of contents) {
        // Another node may be at the same: what it has sealed anew stands.
        while (!boxes.has(place)) {
          const resealed: ResealedBox = { place, box: seal(key, plain, associated) };
          const event = { id: deriveUuid('resealed', keyId, place), type: 'resealed', data: JSON.stringify(resealed) };
          try {
            await log.append(replacementStream(keyId), boxes.size, [{ ...event, metadata: recorded() }]);
            boxes = new Map(boxes).set(place, resealed.box);
            added += 1;
          } catch (error) {
            if (!(error instanceof RevisionConflict)) throw error;
            ({ boxes } = await begun(keyId));
          }
        }
      }
      return added;
    },

    destroy: async (keyId) => {
      await log.tombstone(vaultStream(keyId));
      ring.forget(keyId);
    },

    inPlaceOf: async (keyId) => {
      for (let wanted = keyId; ; ) {
        try {
          return await ring.find(wanted);
        } catch (error) {
          const replaced = error instanceof KeyDestroyed ? await ring.replacement(wanted) : undefined;
          if (replaced === undefined) throw error;
          wanted = replaced.by;
        }
      }
    },

    succession: async (keyId) => {
      const found: { keyId: string; order: string | undefined }[] = [{ keyId, order: undefined }];
      for (let last = keyId; ; ) {
        const next = await ring.replacement(last);
        if (next === undefined) return found;
        found.push({ keyId: next.by, order: next.order });
        last = next.by;
      }
    },
  };
};
