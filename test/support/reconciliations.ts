import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Headers, TestApp } from './app.ts';

/** The body by which a list of Viet Nam's is received. */
export const listOf = (listed: number, more: object = {}) => ({
  number: '1/2025',
  occurredAt: '2026-01-05',
  statedBy: { office: 'VN-MPS', document: 'Note 7/2026' },
  period: { from: '2025-01-01', to: '2025-12-31' },
  directions: ['VN-CN'],
  kinds: ['fugitive'],
  listed,
  ...more,
});

/** Waits until a reconciliation stands somewhere. */
export const standsAs = async (
  { get }: Pick<TestApp, 'get'>,
  self: string,
  officer: Headers,
  status: string,
): Promise<Answer> => {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await get(self, officer);
    if (answer.statusCode === 200 && answer.json().status === status) return answer;
    await wait(25);
  }
  throw new Error(`it does not come to be ${status}`);
};
