import type { StatedBy } from '../../domain/kernel/event.ts';
import type { History } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { Side } from '../../domain/kernel/sides.ts';
import { addDays, type Instant, type OccurredAt, type PlainDate } from '../../domain/kernel/time.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a record holds by then, of whatever kind. */
export type AnyHistory = History<unknown, EffectiveEvent>;

/** One command of the demonstration, as an office would have sent it at that time. */
export interface DemoStep {
  /** Names the record within the demonstration. */
  readonly key: string;
  /** Left out: a case. */
  readonly category?: string;
  readonly recordedAt: Instant;
  readonly office: string;
  readonly type: string;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy;
  /** Of the step that opens the record, or how to make them where they name others. */
  readonly particulars?: Data | ((recordId: (key: string) => string) => Data);
  /** Data, or how to make them of what the record holds by then, where they name an earlier event or another case. */
  readonly data?: Data | ((history: AnyHistory, recordId: (key: string) => string) => Data);
}

export const categoryOf = ({ category = 'case' }: DemoStep): string => category;

/** Undefined of a step that opens no record. */
export const particularsOf = ({ particulars }: DemoStep, recordId: (key: string) => string): Data | undefined =>
  typeof particulars === 'function' ? particulars(recordId) : particulars;

/** Said of every record that nobody ever made. */
export const INVENTED = 'Invented for the demonstration';

/** The demonstration is the ledger of the Chinese side; what the other side says enters as its statement. */
export const RECORDING_OFFICE: Readonly<Record<'ministry' | 'guangxi' | 'yunnan', string>> = {
  ministry: 'CN-MPS',
  guangxi: 'CN-GX-BLO',
  yunnan: 'CN-YN-BLO',
};

/** The word of a side as this ledger records it: its own, or a statement of the other with its document. */
export const wordOf = (side: Side, document: string, office = 'VN-MPS'): Pick<DemoStep, 'statedBy'> =>
  side === 'CN' ? {} : { statedBy: { office, document } };

/** In the morning (UTC) of the day after, when what happened has been written down. */
export const nextMorning = (date: PlainDate): Instant => `${addDays(date, 1)}T02:00:00.000Z`;

/** What is the same in each step of one record. */
interface Telling {
  readonly key: string;
  readonly category?: string;
  /** From which the days of the steps are counted. */
  readonly day: PlainDate;
  /** Left out: Guangxi's. */
  readonly office?: string;
  /** Whose word that of the Vietnamese side is, and in which document it stands; left out: the ministry's, and one of this record. */
  readonly vietnameseOffice?: string | undefined;
  readonly document?: string;
  /** Left out: each step was recorded on the day after it happened. */
  readonly recordedLateOn?: PlainDate | undefined;
  readonly source: string;
}

/** Steps of one record, each so many days after a day, or before it. */
export const stepsFrom = ({
  key,
  category,
  day: from,
  office = RECORDING_OFFICE.guangxi as string,
  vietnameseOffice,
  document = `DEMO-${key}`,
  recordedLateOn,
  source,
}: Telling) => {
  return (day: number, by: Side, type: string, data: Data = {}, particulars?: DemoStep['particulars']): DemoStep => {
    const occurredAt = addDays(from, day);
    return {
      key,
      ...(category !== undefined && { category }),
      recordedAt: nextMorning(recordedLateOn ?? occurredAt),
      office,
      type,
      occurredAt,
      ...wordOf(by, document, vietnameseOffice),
      ...(particulars !== undefined && { particulars }),
      data: { ...data, source },
    };
  };
};
