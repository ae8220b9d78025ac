import { handoverDays } from '../kernel/handover-date.ts';
import { statingOffice, statingSide } from '../kernel/stated-by.ts';
import type { HANDOVER_FIELDS } from './events.ts';
import type { CountedHandover, EffectiveCaseEvent, HandoverLine, OtherWord } from './state.ts';

type HandoverField = (typeof HANDOVER_FIELDS)[number];

/** How the words of the two sides of one handover go together. */
export const AGREEMENTS = ['one-sided', 'conflicting', 'matched'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** Delivery and receipt are two statements; `otherWord` is what the other side says of a handover, if it says anything. */
export const agreementOf = (otherWord: OtherWord | undefined): Agreement => {
  if (otherWord === undefined) return 'one-sided';
  return otherWord.differsIn.length === 0 ? 'matched' : 'conflicting';
};

/** The line of a counted handover. */
export const handoverLine = (event: CountedHandover): HandoverLine => ({
  eventId: event.id,
  handoverDate: event.data.handoverDate,
  occurredAt: event.occurredAt,
  pass: event.data.pass,
  ...(event.data.handover !== undefined && { minutes: event.data.handover }),
  statedBy: statingSide(event),
  office: statingOffice(event),
  otherWords: [],
});

/** Events by which a side gives its word of a handover that the other has stated. */
export type WordOfHandover = Extract<
  EffectiveCaseEvent,
  { type: 'receipt-acknowledged' | 'received-by-service' | 'delivery-confirmed' | 'handover-disputed' }
>;

/** The handover that a word is of: that of the minutes which it names, else the last one. */
export const handoverOfWord = <Line extends HandoverLine>(
  lines: readonly Line[],
  { data }: Pick<WordOfHandover, 'data'>,
): Line | undefined => {
  const minutes = 'handover' in data ? data.handover : undefined;
  return minutes === undefined ? lines.at(-1) : lines.find((line) => line.minutes === minutes);
};

/** The lines with what a side says of one of them; its own word twice says nothing more. */
export const withOtherWord = <Line extends HandoverLine>(
  lines: readonly Line[],
  event: WordOfHandover,
): readonly Line[] => {
  const told = handoverOfWord(lines, event);
  if (told === undefined || told.statedBy === statingSide(event)) return lines;
  const word: OtherWord = {
    eventId: event.id,
    occurredAt: event.occurredAt,
    office: statingOffice(event),
    differsIn: differences(told, event),
  };
  return lines.map((line) => (line === told ? { ...line, otherWords: [...line.otherWords, word] } : line));
};

const differences = ({ handoverDate, pass }: HandoverLine, event: WordOfHandover): readonly HandoverField[] => {
  const own = ('inOwnBook' in event.data ? event.data.inOwnBook : undefined) ?? {};
  const said = event.type === 'handover-disputed' ? event.data.differsIn : [];
  const found = new Set<HandoverField>(said);
  if (own.handoverDate !== undefined && !canBeOneDay(own.handoverDate, handoverDate)) found.add('handover-date');
  if (own.pass !== undefined && own.pass !== pass) found.add('pass');
  return [...found].sort();
};

/** Of dates that are known only roughly, such as a month, one can be the other. */
const canBeOneDay = (one: string, other: string): boolean => {
  const [a, b] = [handoverDays(one), handoverDays(other)];
  return a.first <= b.last && b.first <= a.last;
};
