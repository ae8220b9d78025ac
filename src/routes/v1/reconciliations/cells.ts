import { CODE_LISTS } from '../../../../domain/code-lists.ts';
import { foldName } from '../../../../domain/person/folding.ts';
import { LIST_COLUMNS, type ListLine } from '../../../../domain/reconciliation/lines.ts';

type Column = keyof ListLine;

/** Codes by themselves and by what they are called in any language, folded; what two are called tells neither. */
const byWords = (list: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string | undefined>();
  for (const { code, labels } of CODE_LISTS[list] ?? []) {
    for (const words of new Set([code, ...Object.values(labels)].map(foldName))) {
      found.set(words, found.has(words) && found.get(words) !== code ? undefined : code);
    }
  }
  return new Map([...found].flatMap(([words, code]) => (code === undefined ? [] : [[words, code] as const])));
};

const CODES = {
  pass: byWords('border-passes'),
  direction: byWords('directions'),
  kind: byWords('case-kinds'),
} as const satisfies Partial<Record<Column, ReadonlyMap<string, string>>>;

const HEADINGS = byWords('list-columns');

/** The column that a heading means: by its own name, or by what it is called in one of the languages. */
export const columnOf = (heading: string): Column | undefined => {
  const own = LIST_COLUMNS.find((column) => column.toLowerCase() === heading.trim().toLowerCase());
  return own ?? (HEADINGS.get(foldName(heading)) as Column | undefined);
};

const twoDigits = (digits: string): string => digits.padStart(2, '0');

/** A date as spreadsheets of the two sides write it, the day first or the year first, as RFC 3339 has it; anything else as it is. */
const dateOf = (cell: string): string => {
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell);
  if (dayFirst !== null) {
    const [, day = '', month = '', year = ''] = dayFirst;
    return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  }
  const yearFirst = /^(\d{4})(?:[/.]|年)(\d{1,2})(?:[/.]|月)(\d{1,2})日?$/.exec(cell);
  if (yearFirst === null) return cell;
  const [, year = '', month = '', day = ''] = yearFirst;
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
};

const BETWEEN_NAMES = /[;；]/;

/** What a cell of a table says: codes also by what they are called, dates also as spreadsheets write them, names with semicolons between. */
export const readCell = (column: Column, cell: string): unknown => {
  switch (column) {
    case 'pass':
    case 'direction':
    case 'kind':
      return CODES[column].get(foldName(cell)) ?? cell;
    case 'date':
    case 'birthDate':
      return dateOf(cell);
    case 'names':
      return cell
        .split(BETWEEN_NAMES)
        .map((name) => name.trim())
        .filter((name) => name !== '');
    default:
      return cell;
  }
};
