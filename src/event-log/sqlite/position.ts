import type { Position } from '../port.ts';

/** As many digits as the largest safe integer has, so that positions order as text. */
const DIGITS = 16;

export const toPosition = (number: number): Position => String(number).padStart(DIGITS, '0');

/** The beginning of the log is before 1. Throws TypeError for what is no position of this log. */
export const fromPosition = (position: Position | undefined): number => {
  if (position === undefined) return 0;
  if (position.length !== DIGITS || !/^\d+$/.test(position)) {
    throw new TypeError(`${position} is no position of an embedded event log`);
  }
  return Number(position);
};
