import { caseStreams } from '../../domain/case/kind.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { erasedRecord, erasures, KEY_DESTROYED, NOTHING_FOUND, type OrderedPart } from '../../domain/erasure/kind.ts';
import { listedLine, withoutLine } from '../../domain/erasure/without-line.ts';
import { withoutPart } from '../../domain/erasure/without-part.ts';
import { handovers, NAMED_CASE } from '../../domain/handover/kind.ts';
import type { Fields } from '../../domain/kernel/event.ts';
import { EXPUNGED } from '../../domain/kernel/expunged.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { Result } from '../../domain/kernel/result.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import { kindOfCategory } from '../../domain/stream-kinds.ts';
import type { RegisterQueries } from '../../projections/registers/query.ts';
import { deriveUuid } from '../derived-id.ts';
import { decodeEvent, type OpenedBox, openBoxes } from '../event-log/codec.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import { findUnlessDestroyed } from '../sealing/key-ring.ts';
import type { Resealed } from '../sealing/replacing.ts';
import type { Vault } from '../sealing/vault.ts';
import type { AllCommands } from './all-commands.ts';
import { cannotBeRecorded } from './command-failure.ts';
import type { CommandFailure } from './commands.ts';
import { withSecret } from './continuation-secret.ts';
import { following } from './following.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface ErasureDependencies extends Pick<AllCommands, 'commandsOf' | 'records'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly vault: Vault;
  /** Ids of all minutes in the log that name a case. Throws where they cannot be told now. */
  readonly minutesNaming: (caseId: string) => Promise<readonly string[]>;
}

/** An order as the log has it. */
interface Order {
  readonly id: string;
  readonly opening: EffectiveEvent;
  /** Its place in the log: what its number of a line means is told by what was there before. */
  readonly position: string;
  /** The record of which it erases something. */
  readonly kind: AnyStreamKind;
  readonly recordId: string;
  readonly stream: string;
  readonly part: OrderedPart;
  readonly line: number | undefined;
  /** Undefined where it is gone already. */
  readonly what: string | undefined;
}

/** What stays of what was sealed of an event. */
type Leaving = (data: Fields, eventId: string) => Fields;

/** An order waits until the legal hold on its case is lifted. */
export class UnderLegalHold extends Error {
  override readonly name = 'UnderLegalHold';

  constructor(order: string, caseId: string, holds: readonly string[]) {
    super(`erasure ${order} waits for the legal hold on case ${caseId} to be lifted (event ${holds.join(', ')})`);
  }
}

/**
 * Carries out orders of erasure: destroys the key of a record, after what stays of it was sealed anew under another one. A crash at any
 * point, a rebuild of the views or a second node does it once. Throws what the event log throws, and UnderLegalHold: it is to be tried again.
 */
export const createErasureProcess = ({ commandsOf, records, log, vault, minutesNaming }: ErasureDependencies) => {
  const erasureCommands = commandsOf(erasures.category);

  const load = async (id: string): Promise<Order | undefined> => {
    const logged = await log.readStream(streamOf(erasures, id));
    const { state, effective } = foldHistory(erasures.rules, await unsealAll(logged, vault));
    const [opening] = effective;
    const [first] = logged;
    if (state?.standing.state !== 'ordered' || opening === undefined || first === undefined) return undefined;
    const record = erasedRecord(opening.data);
    const kind = record && kindOfCategory(record.category);
    if (record === undefined || kind === undefined)
      throw new Error(`erasure ${id} names no record that this program knows`);
    const { part, line, what } = opening.data as unknown as Pick<Order, 'part' | 'line' | 'what'>;
    const stream = streamOf(kind, record.id);
    return { id, opening, position: first.position, kind, recordId: record.id, stream, part, line, what };
  };

  /** All that is sealed of a record: in its own events, and of a case in the lines of minutes that are about it, also where nothing came of them there. */
  const boxesOf = async ({ kind, recordId, stream }: Order): Promise<readonly OpenedBox[]> => {
    const events = (await log.readStream(stream)).map((logged) => decodeEvent(logged));
    const own = await Promise.all(
      events.map((decoded) => openBoxes(stream, decoded, vault, { ofEvent: true, ofEntries: () => false })),
    );
    const inMinutes = await Promise.all(
      (kind.category === caseStreams.category ? await minutesNaming(recordId) : []).map(async (id) => {
        const minutes = streamOf(handovers, id);
        const ofEntries = (record: { readonly category: string; readonly id: string }) =>
          record.category === caseStreams.category && record.id === recordId;
        const lines = (await log.readStream(minutes)).map((logged) => decodeEvent(logged));
        return Promise.all(lines.map((decoded) => openBoxes(minutes, decoded, vault, { ofEvent: false, ofEntries })));
      }),
    );
    return [...own.flat(), ...inMinutes.flat(2)];
  };

  /** How what is to be erased is left out; undefined where nothing is to stay. */
  const leavingOut = async ({ part, line, what, stream, position }: Order): Promise<Leaving | undefined> => {
    if (part === 'person') return undefined;
    if (part !== 'line') {
      if (what === undefined) throw new Error('what is to be erased cannot be read any more');
      return (data) => withoutPart(data, part, what);
    }
    const before = (await log.readStream(stream)).filter((logged) => logged.position < position);
    const { effective } = foldHistory(reconciliations.rules, await unsealAll(before, vault));
    const listed = listedLine(effective, Number(line));
    if (listed === undefined) throw new Error(`${stream} had no line ${line} when its erasure was ordered`);
    return (data, eventId) => withoutLine(data, eventId, listed);
  };

  /** The case of which an order erases something, as the log has it. */
  const caseOf = async ({ kind, recordId }: Order): Promise<CaseState | undefined> =>
    kind.category === caseStreams.category ? (await records.load(caseStreams, recordId)).history.state : undefined;

  const sealedUnder = async (order: Order, key: string): Promise<readonly OpenedBox[]> =>
    (await boxesOf(order)).filter(({ keyId }) => keyId === key);

  /** What is to stay of all that a key has sealed. */
  const kept = async (order: Order, key: string, leave: Leaving | undefined): Promise<readonly Resealed[]> => {
    if (leave === undefined) return [];
    const sealed = await sealedUnder(order, key);
    // Ids that were made of an event with its key must come out the same under another one.
    const continued = (await caseOf(order))?.continued?.event;
    const left = async (box: OpenedBox): Promise<Fields> => {
      const data = leftOf(box, leave);
      return box.place === continued ? withSecret(data, vault, key, box.eventId) : data;
    };
    return Promise.all(
      sealed.map(async (box) => ({
        place: box.place,
        associated: box.associated,
        plain: JSON.stringify(await left(box)),
      })),
    );
  };

  /** Whether a key has sealed anything that does not stay. */
  const isFound = async (order: Order, key: string, leave: Leaving | undefined): Promise<boolean> =>
    leave === undefined ||
    (await sealedUnder(order, key)).some(
      (box) => JSON.stringify(leftOf(box, leave)) !== JSON.stringify(leftOf(box, (data) => data)),
    );

  /** The key of a record that an order is to destroy: the one that it has begun with, or the one that is in use. */
  const keyFor = async (
    stream: string,
    order: string,
  ): Promise<{ readonly key: string; readonly isBegun: boolean }> => {
    const [first] = await log.readStream(stream, { limit: 1 });
    if (first === undefined) throw new Error(`there are no events of ${stream}`);
    const keys = await vault.succession(decodeEvent(first).metadata.keyId);
    const begun = keys.findIndex((each) => each.order === order);
    if (begun >= 0) return { key: keys[begun - 1]?.keyId as string, isBegun: true };
    const [inUse, before] = keys.toReversed();
    // What that order keeps would be lost if the key went first under which it is sealed anew.
    if (before !== undefined && !(await isDestroyed(before.keyId))) {
      throw new Error(`erasure ${inUse?.order} of ${stream} was begun before and is to be carried out first`);
    }
    return { key: inUse?.keyId as string, isBegun: false };
  };

  const isDestroyed = async (keyId: string): Promise<boolean> => {
    vault.forget(keyId);
    return (await findUnlessDestroyed(vault, keyId)) === undefined;
  };

  /** Says in the record what goes, sealed under the key to come: whoever records something after it seals under that one as well. */
  const tellRecord = async ({ id, opening, kind, recordId, part, line }: Order, sealUnder: string): Promise<void> => {
    const { state } = (await records.load(kind, recordId)).history;
    // Of a record that was annulled nothing is recorded any more.
    if (state === undefined || state.standing.state === 'annulled') return;
    const data = { erasure: id, part, ...(line !== undefined && { line }) };
    await carryOut(
      commandsOf(kind.category).execute(
        recordId,
        { name: 'record', type: EXPUNGED, occurredAt: state.latestAt, data },
        { ...by(opening, id), commandId: deriveUuid('expunged', id), sealUnder },
      ),
    );
  };

  /** Nothing is destroyed as long as a legal hold stands, also one that was placed after the order. */
  const heedHolds = async (order: Order): Promise<void> => {
    const { legalHolds = [] } = (await caseOf(order)) ?? {};
    if (legalHolds.length > 0) throw new UnderLegalHold(order.id, order.recordId, legalHolds);
  };

  /**
   * Destroys the key of the record, after what stays was sealed anew; whether there was anything to erase. Where the whole person went
   * before, what the order names may have gone with them, and must not stay readable in the order.
   */
  const erase = async (order: Order, key: string, isBegun: boolean): Promise<boolean> => {
    await heedHolds(order);
    const leave = await leavingOut(order);
    if (!isBegun && !(await isFound(order, key, leave)) && (await caseOf(order))?.expunged !== true) return false;
    await tellRecord(order, (await vault.beginReplacement(key, order.id)).id);
    // Minutes may have come in that another node sealed with the key: it is looked at again until nothing of it is left to be kept.
    while ((await vault.reseal(key, await kept(order, key, leave))) > 0);
    // One may have been placed meanwhile.
    await heedHolds(order);
    await vault.destroy(key);
    return true;
  };

  /** Says in the order what came of it. */
  const tellOrder = async ({ id, opening }: Order, type: string, data: Fields, sealUnder?: string): Promise<void> =>
    carryOut(
      erasureCommands.execute(
        id,
        { name: 'record', type, occurredAt: opening.occurredAt, data },
        { ...by(opening, id), commandId: deriveUuid(type.replaceAll('-', ' '), id), sealUnder },
      ),
    );

  return {
    /** Carries out an order; whether nothing is left of it to do here, which it always is. Throws what the event log throws. */
    workOff: async (id: string): Promise<boolean> => {
      const order = await load(id);
      if (order === undefined) return true;
      const { key, isBegun } = await keyFor(order.stream, id);
      // A key that is gone before this order has begun with it was destroyed by another order, on another node: nothing of this one is done.
      const isDone = isBegun && (await isDestroyed(key));
      if (!isDone && !(await erase(order, key, isBegun))) {
        // What the order names stays readable, so that whoever gave it sees what was not there.
        await tellOrder(order, NOTHING_FOUND, {});
        return true;
      }
      // The order names what it erased.
      const { key: ownKey } = await keyFor(streamOf(erasures, id), id);
      const sealUnder = (await vault.beginReplacement(ownKey, id)).id;
      await vault.destroy(ownKey);
      const data = { [order.kind.category]: order.recordId, destroyedKey: key, wrappedUnder: vault.wrappedUnder };
      await tellOrder(order, KEY_DESTROYED, data, sealUnder);
      return true;
    },
  };
};

/** What stays of what is in a box. */
const leftOf = ({ plain, eventId }: OpenedBox, leave: Leaving): Fields => leave(JSON.parse(plain) as Fields, eventId);

const by = (opening: EffectiveEvent, id: string) => ({
  recordedBy: following(opening, 'erasure'),
  correlationId: id,
  causationId: opening.id,
});

/** What was carried out before stands. */
const carryOut = async (executing: Promise<Result<unknown, CommandFailure>>): Promise<void> => {
  const executed = await executing;
  if (executed.ok || executed.error.reason === 'command-id-reused') return;
  throw cannotBeRecorded('what is erased', executed.error);
};

export interface ErasureRun extends Omit<ErasureDependencies, 'minutesNaming'>, Pick<ProcessRun, 'onFault'> {
  readonly log: Pick<EventLog, 'readStream' | 'head'>;
  readonly registers: Pick<RegisterQueries, 'idsOf'>;
  readonly progress: Pick<Projector, 'onProgress' | 'built' | 'waitUntilScanned'>;
}

/** So long an order waits for the views; then it is taken up again later. */
const VIEWS_WAIT_MS = 10_000;

/** Carries out the orders that the views show as open, from now on. */
export const startErasureProcess = ({ registers, progress, onFault, ...dependencies }: ErasureRun) => {
  const minutesNaming = async (caseId: string): Promise<readonly string[]> => {
    const end = await dependencies.log.head();
    if (end !== undefined && !(await progress.waitUntilScanned(end, VIEWS_WAIT_MS))) {
      throw new Error(`the views have not come to ${end} yet: minutes that name case ${caseId} could be missing`);
    }
    return registers.idsOf(handovers.category, NAMED_CASE, caseId, Number.MAX_SAFE_INTEGER);
  };
  return runProcess({
    waiting: (most) => (progress.built() ? registers.idsOf(erasures.category, 'status', 'ordered', most) : []),
    workOff: createErasureProcess({ ...dependencies, minutesNaming }).workOff,
    progress,
    // It rests as what failed does, and holds up no other, but nothing is at fault.
    onFault: (error) => {
      if (!(error instanceof UnderLegalHold)) onFault(error);
    },
  });
};
