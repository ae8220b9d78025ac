import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Headers, TestApp } from './app.ts';
import type { Opening, Step } from './case-scenario.ts';
import { wayTo } from './ordinary-ways.ts';

/** Cases that minutes can hand over, of which one is not ready for it. */
export const READY = [...wayTo('irregular-entry', 'return-ordered')] as unknown as readonly [Opening, ...Step[]];
export const NOT_READY = [...wayTo('irregular-entry', 'found')] as unknown as readonly [Opening, ...Step[]];

/** The body by which minutes are signed, with the totals of lines that say nothing of their persons. */
export const minutesOf = (lines: readonly object[], more: object = {}) => ({
  number: '12/2024/BB-BG',
  occurredAt: '2024-02-01',
  handoverDate: '2024-02-01',
  pass: 'dongxing',
  deliveringParty: 'CN',
  lines,
  totals: totalsOf(lines),
  ...more,
});

const totalsOf = (lines: readonly { readonly outcome?: string }[]) => {
  const persons = lines.filter(({ outcome }) => outcome === 'handed-over').length;
  return { persons, bySex: { '0': persons }, byAgeBand: { unknown: persons }, byHomeLocality: { unknown: persons } };
};

/** Waits until nothing is left to be done with the lines of some minutes. */
export const workedOff = async ({ get }: Pick<TestApp, 'get'>, self: string, officer: Headers): Promise<Answer> => {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await get(self, officer);
    if (answer.statusCode === 200 && answer.json().work.open === 0) return answer;
    await wait(25);
  }
  throw new Error('the lines are not worked off');
};

export const linesOf = async ({ get }: Pick<TestApp, 'get'>, self: string, officer: Headers) =>
  (await get(`${self}/lines`, officer)).json().lines;
