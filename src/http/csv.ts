export const CSV_MEDIA_TYPE = 'text/csv; charset=utf-8';

type Value = string | number | null | undefined;

/** RFC 4180: a line of column names, then a line for each row; what is left out or null is an empty cell. */
export const csv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [C in Column]?: Value }[],
): string =>
  [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');

const cell = (value: Value): string => {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
