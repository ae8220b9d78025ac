/** Only a number of so many digits, or with such an exponent, can be beyond what a double holds. */
const LARGE = /\d[eE]\+?\d{3}|\d{309}/;

/**
 * Whether every number of a JSON text has a value: one beyond what a double holds (`1e400`) is read as infinite, which no JSON text
 * can say again. `value` is what the text was read as.
 */
export const hasFiniteNumbers = (text: string, value: unknown): boolean =>
  !LARGE.test(text) || isFiniteThroughout(value);

const isFiniteThroughout = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isFiniteThroughout);
};
