/** The middle one of some figures. */
export const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
};

/** Prints rows of text under a title, each column as wide as its widest cell. */
export const printTable = (title: string, header: readonly string[], rows: readonly (readonly string[])[]): void => {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ');
  process.stdout.write(`\n${title}\n\n${all.map(line).join('\n')}\n`);
};
