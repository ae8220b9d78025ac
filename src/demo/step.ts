import type { CaseHistory } from '../../domain/case/history.ts';
import type { StatedBy } from '../../domain/kernel/event.ts';
import type { Side } from '../../domain/kernel/sides.ts';
import type { Instant, OccurredAt, PlainDate } from '../../domain/kernel/time.ts';
import type { CaseKind } from '../../domain/reference/case-kinds.ts';

type Data = Readonly<Record<string, unknown>>;

/** One command of the demonstration, as an office would have sent it at that time. */
export interface DemoStep {
  /** Names the case within the demonstration. */
  readonly caseKey: string;
  readonly recordedAt: Instant;
  readonly office: string;
  readonly type: string;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy;
  /** Of the step that opens the case. */
  readonly particulars?: Data & { readonly kind: CaseKind };
  /** Data, or how to make them of what the case holds by then, where they name an earlier event or another case. */
  readonly data?: Data | ((history: CaseHistory, caseId: (key: string) => string) => Data);
}

/** Said of every record that nobody ever made. */
export const INVENTED = 'Invented for the demonstration';

/** The demonstration is the ledger of the Chinese side; what the other side says enters as its statement. */
export const RECORDING_OFFICE: Readonly<Record<'ministry' | 'guangxi' | 'yunnan', string>> = {
  ministry: 'CN-MPS',
  guangxi: 'CN-GX-BLO',
  yunnan: 'CN-YN-BLO',
};

/** The word of a side as this ledger records it: its own, or a statement of the other with its document. */
export const wordOf = (side: Side, document: string): Pick<DemoStep, 'statedBy'> =>
  side === 'CN' ? {} : { statedBy: { office: 'VN-MPS', document } };

const DAY = 86_400_000;

export const addDays = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** In the morning (UTC) of the day after, when what happened has been written down. */
export const nextMorning = (date: PlainDate): Instant => `${addDays(date, 1)}T02:00:00.000Z`;
