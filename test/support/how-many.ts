/** Set by `npm run test:faults`; `npm test` runs each test of faults in its short form. */
const IS_LONG = process.env['FAULTS'] === 'long';

/** How often something is done to the service: seldom where it delays everybody's tests, often where faults are looked for. */
export const howMany = (often: { readonly short: number; readonly long: number }): number =>
  IS_LONG ? often.long : often.short;
