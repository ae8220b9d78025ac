/** So many faults are told; how many there are is told as well. */
const MOST_TOLD = 100;

/** Writes faults, a line each. */
export const writeFaults = (output: NodeJS.WritableStream, faults: readonly string[]): void => {
  for (const fault of faults.slice(0, MOST_TOLD)) output.write(`FAULT ${printable(fault)}\n`);
};

/** What is checked is not trusted: it must not write anything else to a terminal than one line. */
export const printable = (text: string): string =>
  text.replaceAll(/\p{C}/gu, (control) => `\\u{${(control.codePointAt(0) as number).toString(16)}}`);
