import { bodyOf } from './case-bodies.ts';
import type { Client } from './http-client.ts';
import { wayTo } from './ordinary-ways.ts';

/** A case as its sender last saw it. */
export interface ReadyCase {
  readonly id: string;
  readonly events: string;
  readonly etag: string;
}

const WRITERS = 32;

const [opening, ...steps] = wayTo('irregular-entry', 'return-ordered');

const readyCase = async ({ post }: Client): Promise<ReadyCase> => {
  let answer = await post('/v1/cases', bodyOf(opening));
  const { id, links } = answer.body;
  for (const step of steps) {
    if (answer.status !== 201) break;
    answer = await post(links.events, bodyOf(step));
  }
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { id, events: links.events, etag: String(answer.headers.get('etag')) };
};

/** Cases of persons whose return is ordered. */
export const readyCases = async (client: Client, count: number): Promise<readonly ReadyCase[]> => {
  const cases: ReadyCase[] = [];
  let begun = 0;
  const writer = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      cases.push(await readyCase(client));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return cases;
};
