import type { Test } from 'tap';

/**
 * A folder of the test's own, which is deleted when everything is ended that the test has started. The runner itself deletes its folders before
 * that, unless something was to be done after the test already when the folder was asked for: what still writes there would be in its way.
 */
export const testFolder = (t: Test, content: Parameters<Test['testdir']>[0] = {}): string => {
  t.after(() => {});
  return t.testdir(content);
};
