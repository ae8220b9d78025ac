import type { Side } from '../../domain/kernel/sides.ts';
import type { CaseKind } from '../../domain/reference/case-kinds.ts';
import type { Headers, TestApp } from './app.ts';
import type { Opening, Step } from './case-scenario.ts';
import { type SentCase, sendCase, sendMore } from './cases-over-http.ts';
import { ordinaryWays } from './ordinary-ways.ts';

interface Handover {
  readonly kind?: CaseKind;
  /** The date in the minutes; where it leaves the year open, everything happened at its end. */
  readonly date: string;
  /** At no pass where null. */
  readonly pass?: string | null;
  readonly incident?: string;
  readonly requestedBy?: Side;
  /** The name of the person, where that makes a difference. */
  readonly name?: string;
  /** When it happened, where the minutes say another day. */
  readonly at?: string;
}

const PLACES = { 'handed-over-at-border-pass': true, 'repatriated-at-border-pass': true } as const;

/** Records a case of somebody who was handed over, up to the handover. */
export const handOver = (
  app: Pick<TestApp, 'post'>,
  officer: Headers,
  { kind = 'fugitive', date, pass = 'youyi-guan', incident, requestedBy, name, at }: Handover,
): Promise<SentCase> => {
  const day = date.split('/').at(-1) as string;
  const way = ordinaryWays[kind];
  const until = way.findIndex(({ type }) => type in PLACES);
  const steps = way.slice(0, until + 1).map((step): Step => {
    const { by = 'CN', data, ...rest } = step;
    const swapped = requestedBy === 'VN' ? ({ CN: 'VN', VN: 'CN' } as const)[by] : by;
    if (!(step.type in PLACES)) {
      return {
        ...rest,
        by: swapped,
        occurredAt: day,
        data: { ...data, ...(data && 'decidedOn' in data && { decidedOn: day }) },
      };
    }
    const { pass: _, ...minutes } = data as Record<string, unknown>;
    return { ...rest, occurredAt: at ?? day, data: { ...minutes, handoverDate: date, ...(pass !== null && { pass }) } };
  });
  const [opening] = way;
  const particulars = {
    ...opening.particulars,
    ...(incident !== undefined && { incident }),
    ...(requestedBy !== undefined && { requestingParty: requestedBy }),
    ...(name !== undefined && { person: { names: [{ text: name, script: 'Latn', role: 'native' }] } }),
  };
  return sendCase(app, [{ ...(steps[0] as Step), particulars } as Opening, ...steps.slice(1)], officer);
};

/** Says that the minutes of a handover, the last event of its case, are of another day. */
export const redate = async (
  app: Pick<TestApp, 'post' | 'get'>,
  officer: Headers,
  { links, last, seen }: SentCase,
  date: string,
): Promise<string> => {
  const { events } = (await app.get(links.events, { ...officer, ...seen })).json();
  const answer = await sendMore(
    app,
    { links },
    {
      type: 'corrected',
      occurredAt: date,
      data: {
        eventId: events.at(-1).id,
        occurredAt: date,
        changes: { handoverDate: date },
        reason: 'the minutes say otherwise',
      },
    },
    officer,
    String(last.headers.etag),
  );
  return String(answer.headers['event-position']);
};
