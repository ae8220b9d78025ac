import { COUNTED_HANDOVERS, type OrdinaryEventType } from '../../domain/case/events.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Fields } from '../../domain/kernel/event.ts';
import { rowsFrom } from '../../domain/kernel/lifecycle.ts';
import type { Command, EffectiveEvent } from '../../domain/kernel/record.ts';
import { ministryOffice, type Side } from '../../domain/kernel/sides.ts';
import { CASE_KINDS, type CaseKind } from '../../domain/reference/case-kinds.ts';
import { bodyOf } from '../support/case-bodies.ts';
import { eventData } from '../support/case-event-data.ts';
import type { Step } from '../support/case-scenario.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import type { World } from './node.ts';
import { historyIn, idsOf, type KnownRecord, type Order, sideOf } from './orders.ts';

/** Most cases are those of China's ministry; the other offices see those that they opened, and ministries those of their side. */
const OFFICES = [...Array<string>(5).fill('CN-MPS'), 'VN-MPS', 'CN-GX-BLO', 'CN-YN-BLO', 'VN-LS-BLO'];

const ANYTHING = Object.keys(eventData) as OrdinaryEventType[];

/** Opens a case. */
export const opensCase = ({ random }: World): Order => {
  const office = random.pick(OFFICES);
  const [opening] = ordinaryWays[random.pick(CASE_KINDS)];
  const { type, occurredAt, statedBy, data = {}, ...particulars } = bodyOf(opening, sideOf(office));
  const command = { name: 'open', type, occurredAt, statedBy, data, particulars } as Command;
  return { kind: caseStreams, id: random.uuid(), command, office };
};

/** The step of the ordinary way that is next after what has happened of it. */
const nextOnTheWay = (kind: CaseKind, effective: readonly EffectiveEvent[]): Step | undefined => {
  const way: readonly Step[] = ordinaryWays[kind];
  let reached = 0;
  for (const { type } of effective) if (type === way[reached]?.type) reached += 1;
  return way[reached];
};

const REASON = 'it was written down wrong';

/** Dates in the minutes of a handover that was put right: of the year that they had, and of another. */
const CORRECTED_HANDOVERS = [{ handoverDate: '2024-01-02' }, { handoverDate: '2025-01-01' }, { pass: 'dongxing' }];

/** Puts something right of a case: mostly its handover, where there is one. */
const puttingRight = (
  { random }: World,
  effective: readonly EffectiveEvent[],
): Pick<Order['command'], 'type' | 'data'> => {
  const handover = effective.find(({ type }) => (COUNTED_HANDOVERS as readonly string[]).includes(type));
  const target = handover !== undefined && random.chance(0.6) ? handover : random.pick(effective.slice(1));
  const eventId = target.id;
  if (random.chance(0.4)) return { type: 'annulled', data: { eventId, reason: REASON } };
  if (random.chance(0.3)) {
    const type = random.pick(ANYTHING);
    const event = { type, occurredAt: '2024-01-01', data: random.pick(eventData[type]) };
    return { type: 'recorded-late', data: { after: eventId, event, reason: REASON } };
  }
  const changes = target === handover ? random.pick(CORRECTED_HANDOVERS) : { note: 'seen again' };
  return { type: 'corrected', data: { eventId, changes, reason: REASON } };
};

/** Data in which whatever names another case names one that there is. */
const namingOneOf = ({ random }: World, cases: readonly string[], data: Fields): Fields =>
  'otherCase' in data ? { ...data, otherCase: random.pick(cases) } : data;

type Looked = ReturnType<typeof historyIn> & { readonly id: string };

const isOver = ({ state }: Looked): boolean => state === undefined || state.standing.state === 'closed';

/**
 * What may come next of a case: mostly the next step of the ordinary way or what the table has next, sometimes anything, or what puts
 * something right. Undefined where it is not there.
 */
export const goesOnWithCase = (world: World, known: readonly KnownRecord[]): Order | undefined => {
  const { random, log } = world;
  const cases = idsOf(known, caseStreams);
  if (cases.length === 0) return undefined;
  // Officers work at what is under way rather than at all cases alike, so that some come to their end.
  const [first, second] = [random.pick(cases), random.pick(cases)].map((id) => ({
    id,
    ...historyIn(log, { kind: caseStreams, id }),
  })) as [Looked, Looked];
  const { id, state, effective } =
    isOver(first) || (!isOver(second) && second.effective.length > first.effective.length) ? second : first;
  if (state === undefined) return undefined;
  const { kind, office: owner, standing } = state as CaseState;
  const office = random.chance(0.85) ? ministryOffice(sideOf(owner)) : random.pick(OFFICES);
  const order = (type: string, data: Fields, by: Side = random.pick(['CN', 'VN'])): Order => {
    const { occurredAt, statedBy } = bodyOf({ type, by }, sideOf(office));
    return { kind: caseStreams, id, command: { name: 'record', type, occurredAt, statedBy, data } as Command, office };
  };
  const isHandedOver = effective.some(({ type }) => (COUNTED_HANDOVERS as readonly string[]).includes(type));
  if (effective.length > 1 && random.chance(isHandedOver ? 0.3 : 0.05)) {
    const { type, data } = puttingRight(world, effective);
    return order(type as string, data, sideOf(owner));
  }
  const step = nextOnTheWay(kind, effective);
  if (step !== undefined && random.chance(0.75)) return order(step.type, step.data ?? {}, step.by ?? 'CN');
  const here = rowsFrom(caseLifecycles[kind], standing.state).map(({ event }) => event);
  const type = (here.length > 0 && random.chance(0.9) ? random.pick(here) : random.pick(ANYTHING)) as OrdinaryEventType;
  return order(type, namingOneOf(world, cases, random.pick(eventData[type])));
};
