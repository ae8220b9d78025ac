import { crc32 } from 'node:zlib';

/** Files of the spool: a line for each group of records that was written at once, with a checksum before its JSON text. */

const CHECKSUM_DIGITS = 8;

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(CHECKSUM_DIGITS, '0');

/** The line of a group, whose records are JSON texts; with the newline at its end. */
export const segmentLine = (records: readonly string[]): string => {
  const text = `[${records.join(',')}]`;
  return `${checksumOf(text)} ${text}\n`;
};

/** A group of records: JSON text of a list. */
export type GroupText = string;

const groupIn = (line: string): GroupText | undefined => {
  const text = line.slice(CHECKSUM_DIGITS + 1);
  return line.slice(0, CHECKSUM_DIGITS) === checksumOf(text) ? text : undefined;
};

export interface Segment {
  /** In the order in which they were written. */
  readonly groups: readonly GroupText[];
  /** Lines that are not as they were written, counted from 1. */
  readonly damaged: readonly number[];
}

/**
 * Reads the content of a file of the spool. A last line without its newline was being written when the process ended: nobody was answered
 * for it, and it is left out.
 */
export const readSegment = (content: string): Segment => {
  const lines = content.split('\n');
  lines.pop();
  const read = lines.map(groupIn);
  return {
    groups: read.filter((group) => group !== undefined),
    damaged: read.flatMap((group, index) => (group === undefined ? [index + 1] : [])),
  };
};

/** How many records the groups of a segment have. */
export const recordsIn = ({ groups }: Segment): number =>
  groups.reduce((sum, group) => sum + (JSON.parse(group) as readonly unknown[]).length, 0);
