import { randomUUID } from 'node:crypto';
import type { Opening, Step } from './case-scenario.ts';
import { sendAll, type TestLedger } from './ledger.ts';
import { ordinaryWays } from './ordinary-ways.ts';

/** A fugitive handed over on a day, with their incident. */
export const handedOver = async (
  ledger: TestLedger,
  day: string,
  particulars: Readonly<Record<string, unknown>> = {},
) => {
  const caseId = randomUUID();
  const way = ordinaryWays.fugitive.map((step) => ({
    ...step,
    occurredAt: day,
    ...('particulars' in step && { particulars: { ...step.particulars, ...particulars } }),
    ...(step.type === 'handed-over-at-border-pass' && { data: { handoverDate: day, pass: 'youyi-guan' } }),
  })) as unknown as (Opening | Step)[];
  const answer = await sendAll(ledger, caseId, way);
  const eventOf = (type: string): string => {
    const event = answer.history.effective.find((each) => each.type === type);
    if (event === undefined) throw new Error(`no ${type}`);
    return event.id;
  };
  return { caseId, position: answer.position, eventOf };
};
