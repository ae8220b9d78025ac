import type { ErasedPart } from '../../domain/case/erased-parts.ts';
import { caseStream, caseStreams } from '../../domain/case/kind.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { withoutPart } from '../../domain/erasure/without-part.ts';
import { handovers, NAMED_CASE } from '../../domain/handover/kind.ts';
import type { Fields } from '../../domain/kernel/event.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { Result } from '../../domain/kernel/result.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { RegisterQueries } from '../../projections/registers/query.ts';
import { deriveUuid } from '../derived-id.ts';
import { decodeEvent, type OpenedBox, openBoxes } from '../event-log/codec.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import { KeyDestroyed } from '../sealing/key-ring.ts';
import type { Resealed } from '../sealing/replacing.ts';
import type { Vault } from '../sealing/vault.ts';
import type { AllCommands } from './all-commands.ts';
import type { CommandFailure } from './commands.ts';
import { following } from './following.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface ErasureDependencies extends Pick<AllCommands, 'commands' | 'registerCommands' | 'records'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly vault: Vault;
  /** Ids of all minutes in the log that name a case. Throws where they cannot be told now. */
  readonly minutesNaming: (caseId: string) => Promise<readonly string[]>;
}

/** An order as the log has it. */
interface Order {
  readonly id: string;
  readonly opening: EffectiveEvent;
  readonly case: string;
  readonly part: ErasedPart;
  /** Undefined where it is gone already. */
  readonly what: string | undefined;
}

/**
 * Carries out orders of erasure: destroys the key of a case, after what stays of a person was sealed anew under another one. A crash at any
 * point, a rebuild of the views or a second node does it once. Throws what the event log throws: it is to be tried again.
 */
export const createErasureProcess = ({
  commands,
  registerCommands,
  records,
  log,
  vault,
  minutesNaming,
}: ErasureDependencies) => {
  const erasureCommands = registerCommands(erasures);

  const load = async (id: string): Promise<Order | undefined> => {
    const events = await unsealAll(await log.readStream(streamOf(erasures, id)), vault);
    const { state, effective } = foldHistory(erasures.rules, events);
    const [opening] = effective;
    if (state?.standing.state !== 'ordered' || opening === undefined) return undefined;
    const { case: caseId, part, what } = opening.data as unknown as Omit<Order, 'id' | 'opening'>;
    return { id, opening, case: caseId, part, what };
  };

  /** All that is sealed of a case: in its own events, and in the lines of minutes that are about it, also where nothing came of them in the case. */
  const boxesOf = async (caseId: string): Promise<readonly OpenedBox[]> => {
    const events = (await log.readStream(caseStream(caseId))).map((logged) => decodeEvent(logged));
    const own = await Promise.all(
      events.map((decoded) => openBoxes(caseStream(caseId), decoded, vault, { ofEvent: true, ofEntries: () => false })),
    );
    const inMinutes = await Promise.all(
      (await minutesNaming(caseId)).map(async (id) => {
        const stream = streamOf(handovers, id);
        const ofEntries = (record: { readonly category: string; readonly id: string }) =>
          record.category === caseStreams.category && record.id === caseId;
        const lines = (await log.readStream(stream)).map((logged) => decodeEvent(logged));
        return Promise.all(lines.map((decoded) => openBoxes(stream, decoded, vault, { ofEvent: false, ofEntries })));
      }),
    );
    return [...own.flat(), ...inMinutes.flat(2)];
  };

  /** What is to stay of all that a key has sealed: nothing where all of the person goes. */
  const kept = async ({ case: caseId, part, what }: Order, key: string): Promise<readonly Resealed[]> => {
    if (part === 'person') return [];
    if (what === undefined) throw new Error('what is to be erased cannot be read any more');
    const sealed = (await boxesOf(caseId)).filter(({ keyId }) => keyId === key);
    return sealed.map(({ place, associated, plain }) => ({
      place,
      associated,
      plain: JSON.stringify(withoutPart(JSON.parse(plain) as Fields, part, what)),
    }));
  };

  /** The key of a record that an order is to destroy: the one that it has begun with, or the one that is in use. */
  const keyFor = async (stream: string, order: string): Promise<string> => {
    const [first] = await log.readStream(stream, { limit: 1 });
    if (first === undefined) throw new Error(`there are no events of ${stream}`);
    const keys = await vault.succession(decodeEvent(first).metadata.keyId);
    const begun = keys.findIndex((each) => each.order === order);
    return (begun < 0 ? keys.at(-1) : keys[begun - 1])?.keyId as string;
  };

  const isDestroyed = (keyId: string): Promise<boolean> => {
    vault.forget(keyId);
    return vault.find(keyId).then(
      () => false,
      (error: unknown) => {
        if (error instanceof KeyDestroyed) return true;
        throw error;
      },
    );
  };

  /** Says in the case what goes, sealed under the key to come: whoever records something after it seals under that one as well. */
  const tellCase = async ({ id, opening, case: caseId, part }: Order, sealUnder: string): Promise<void> => {
    const { state } = (await records.load(caseStreams, caseId)).history;
    // Of a case that was annulled nothing is recorded any more.
    if (state === undefined || state.standing.state === 'annulled') return;
    await carryOut(
      commands.execute(
        caseId,
        { name: 'record', type: 'expunged', occurredAt: state.latestAt, data: { erasure: id, part } },
        { ...by(opening, id), commandId: deriveUuid('expunged', id), sealUnder },
      ),
    );
  };

  return {
    /** Carries out an order; whether nothing is left of it to do here, which it always is. Throws what the event log throws. */
    workOff: async (id: string): Promise<boolean> => {
      const order = await load(id);
      if (order === undefined) return true;
      const key = await keyFor(caseStream(order.case), id);
      if (!(await isDestroyed(key))) {
        await tellCase(order, (await vault.beginReplacement(key, id)).id);
        // Minutes may have come in that another node sealed with the key: it is looked at again until nothing of it is left to be kept.
        while ((await vault.reseal(key, await kept(order, key))) > 0);
        await vault.destroy(key);
      }
      // The order names what it erased.
      const ownKey = await keyFor(streamOf(erasures, id), id);
      const sealUnder = (await vault.beginReplacement(ownKey, id)).id;
      await vault.destroy(ownKey);
      const data = { case: order.case, destroyedKey: key, wrappedUnder: vault.wrappedUnder };
      await carryOut(
        erasureCommands.execute(
          id,
          { name: 'record', type: 'key-destroyed', occurredAt: order.opening.occurredAt, data },
          { ...by(order.opening, id), commandId: deriveUuid('key destroyed', id), sealUnder },
        ),
      );
      return true;
    },
  };
};

const by = (opening: EffectiveEvent, id: string) => ({
  recordedBy: following(opening, 'erasure'),
  correlationId: id,
  causationId: opening.id,
});

/** What was carried out before stands. */
const carryOut = async (executing: Promise<Result<unknown, CommandFailure>>): Promise<void> => {
  const executed = await executing;
  if (executed.ok || executed.error.reason === 'command-id-reused') return;
  throw new Error(`the ledger cannot record what it has erased: ${JSON.stringify(executed.error)}`);
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
    onFault,
  });
};
