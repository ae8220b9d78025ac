import { type CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { refusalsOf, sayWhatIsExpected } from '../../../../domain/kernel/shape.ts';
import { MOST_LINES } from '../../../../domain/reconciliation/events.ts';
import { LIST_COLUMNS, type ListLine, listLineSchema } from '../../../../domain/reconciliation/lines.ts';
import { type Fault, Problem } from '../../../http/problem.ts';
import { isWellFormed } from '../../../plugins/json-body.ts';
import { isTextBody, type TextBody } from '../../../plugins/text-body.ts';
import { columnOf, readCell } from './cells.ts';

export const CSV = 'text/csv';
export const NDJSON = 'application/x-ndjson';

export const listBodySchema = z.strictObject({ lines: z.array(listLineSchema).min(1).max(MOST_LINES) });

/** The lines of a list as they were sent, and how a fault in a field of one of them is told where it stands. */
export interface SentList {
  readonly lines: readonly ListLine[];
  readonly faultAt: (index: number, field: string | undefined, detail: string, code?: string) => Fault;
}

/** Of more than so many faults the first are told. */
const MOST_FAULTS = 100;

/** A line before it is checked, and where it stands. */
interface RawLine {
  /** In the text, from 1. */
  readonly place: number;
  readonly value: unknown;
}

interface RawList {
  readonly lines: readonly RawLine[];
  /** How the table itself calls a column. */
  readonly headingOf: (field: string) => string;
}

/** The list of a body: JSON, a line of JSON for each, or a table with headings. Throws Problem, with every fault at its line and column. */
export const readList = (body: unknown): SentList => {
  if (!isTextBody(body)) return readJson(body);
  const raw = body.mediaType === CSV ? readCsv(body) : readNdjson(body);
  if (raw.lines.length === 0) throw faulty([{ detail: 'expected at least one line after the headings' }]);
  if (raw.lines.length > MOST_LINES) {
    throw faulty([{ detail: `expected at most ${MOST_LINES} lines: reconcile a shorter period` }]);
  }
  const faultAt: SentList['faultAt'] = (index, field, detail, code) => ({
    line: raw.lines[index]?.place ?? 0,
    ...(field !== undefined && { column: raw.headingOf(field) }),
    ...(code !== undefined && { code }),
    detail,
  });
  const faults: Fault[] = [];
  const lines = raw.lines.flatMap(({ value }, index) => {
    const parsed = listLineSchema.safeParse(value, { error: sayWhatIsExpected });
    if (parsed.success) return [parsed.data];
    for (const { pointer = '', message } of refusalsOf(parsed.error, '')) {
      faults.push(faultAt(index, pointer.split('/')[1], message));
    }
    return [];
  });
  if (faults.length > 0) throw faulty(faults);
  return { lines, faultAt };
};

const readJson = (body: unknown): SentList => {
  const parsed = listBodySchema.safeParse(body, { error: sayWhatIsExpected });
  if (!parsed.success) {
    throw faulty(refusalsOf(parsed.error, '').map(({ pointer = '', message }) => ({ pointer, detail: message })));
  }
  return {
    lines: parsed.data.lines,
    faultAt: (index, field, detail, code) => ({
      pointer: `/lines/${index}${field === undefined ? '' : `/${field}`}`,
      ...(code !== undefined && { code }),
      detail,
    }),
  };
};

const placeOf = (fault: Fault): string => {
  if ('line' in fault) return `line ${fault.line}${fault.column === undefined ? '' : `, ${fault.column}`}: `;
  return 'pointer' in fault ? `${fault.pointer || 'the body'}: ` : '';
};

const faulty = (faults: readonly Fault[]): Problem => problemOfList('invalid-request', faults);

/** A problem that says of every fault of a list where it stands. `written`: how many lines were, before the fault was met. */
export const problemOfList = (code: 'invalid-request' | 'refused', faults: readonly Fault[], written = 0): Problem => {
  const told = faults.slice(0, MOST_FAULTS);
  const more = faults.length - told.length;
  const said = told.map((fault) => placeOf(fault) + fault.detail);
  const detail = [...said, ...(more > 0 ? [`and ${more} more faults`] : [])].join('; ');
  const before = written === 0 ? 'nothing was written' : `the first ${written} lines were written, and no others`;
  return new Problem(code, `${before}: ${detail}`, { faults: told });
};

/** Undefined where a text is no JSON, or holds half a character (RFC 8259, section 8.2). */
const jsonOf = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isWellFormed(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const readNdjson = ({ text }: TextBody): RawList => {
  const faults: Fault[] = [];
  const lines = text.split(/\r?\n/).flatMap((each, index): RawLine[] => {
    if (each.trim() === '') return [];
    const place = index + 1;
    const value = jsonOf(each);
    if (value !== undefined) return [{ place, value }];
    faults.push({ line: place, detail: 'expected a JSON object of whole characters' });
    return [];
  });
  if (faults.length > 0) throw faulty(faults);
  return { lines, headingOf: (field) => field };
};

interface CsvRow {
  readonly record: readonly string[];
  /** Lines of the text so far. */
  readonly info: { readonly lines: number };
}

const DELIMITERS = [',', ';', '\t'];

/** Spreadsheets put commas, semicolons or tabs between the cells, by their language: the headings tell which. */
const delimiterOf = (text: string): string => {
  const headings = text.split(/\r?\n/, 1)[0] ?? '';
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: headings.split(delimiter).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).delimiter;
};

const rowsOf = (text: string): readonly CsvRow[] => {
  try {
    return parse<CsvRow>(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      trim: true,
    } as never);
  } catch (error) {
    // Its message repeats what stands in the cell.
    const { lines } = error as CsvError & { readonly lines?: number };
    throw faulty([
      {
        line: lines ?? 1,
        detail: 'expected a table as RFC 4180 has it: quotes around a whole cell, and doubled within',
      },
    ]);
  }
};

const readCsv = ({ text }: TextBody): RawList => {
  const [headings, ...rows] = rowsOf(text);
  if (headings === undefined) throw faulty([{ line: 1, detail: `expected the headings: ${LIST_COLUMNS.join(', ')}` }]);
  const columns = headings.record.map(columnOf);
  const faults: Fault[] = headings.record.flatMap((heading, index): Fault[] => {
    const column = columns[index];
    const at = { line: 1, column: heading };
    if (column === undefined) return [{ ...at, detail: `expected one of the headings: ${LIST_COLUMNS.join(', ')}` }];
    return columns.indexOf(column) < index ? [{ ...at, detail: 'expected each heading once' }] : [];
  });
  for (const { record, info } of rows) {
    if (record.length > columns.length) {
      faults.push({ line: info.lines, detail: `expected at most ${columns.length} cells, as there are headings` });
    }
  }
  if (faults.length > 0) throw faulty(faults);
  return {
    lines: rows.map(({ record, info }) => ({
      place: info.lines,
      value: Object.fromEntries(
        columns.flatMap((column, index) => {
          const cell = record[index] ?? '';
          return cell === '' || column === undefined ? [] : [[column, readCell(column, cell)]];
        }),
      ),
    })),
    headingOf: (field) => headings.record[columns.indexOf(field as keyof ListLine)] ?? field,
  };
};
