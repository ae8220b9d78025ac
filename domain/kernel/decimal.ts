import { z } from 'zod';

/**
 * Decimal numbers as text, such as `"1.4"`: up to 12 digits before the point and 6 behind it. They are kept as they are written, and
 * reckoned with as whole numbers of 10^-9, never in floating point.
 */
export const decimalSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/, {
    error: 'expected a decimal number as text, such as "1.4": at most 12 digits before the point and 6 behind it',
  })
  .describe('A decimal number as text, as it was reported');

/** How many places behind the point a whole number of `parseDecimal` stands for. */
export const PLACES = 9;

/** A decimal number times a power of ten from -3 on, as a whole number of 10^-9. Throws where the text is no such number. */
export const parseDecimal = (text: string, power = 0): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  const shift = PLACES + power - fraction.length;
  if (shift < 0) throw new RangeError(`${text} times 10^${power} has more than ${PLACES} places behind the point`);
  return BigInt(whole + fraction) * 10n ** BigInt(shift);
};

/** The shortest text of a whole number of 10^-9, not below 0, in units of ten to a power, from 0 on. */
export const formatDecimal = (value: bigint, power = 0): string => {
  const places = PLACES + power;
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction && `.${fraction}`);
};
