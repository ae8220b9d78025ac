import type { Answer, Headers, TestApp } from './app.ts';
import { bodyOf } from './case-bodies.ts';
import type { Opening, Step } from './case-scenario.ts';

/** A case as the commands left it. */
export interface SentCase {
  readonly id: string;
  readonly links: { readonly self: string; readonly events: string; readonly next: string };
  /** The positions of its events, by revision. */
  readonly positions: readonly string[];
  /** Headers with which a query shows all of it. */
  readonly seen: Headers;
  readonly last: Answer;
}

/** Records a case over HTTP, step by step; every step must be accepted. */
export const sendCase = async (
  { post }: Pick<TestApp, 'post'>,
  [opening, ...steps]: readonly [Opening, ...Step[]],
  officer: Headers,
): Promise<SentCase> => {
  const answers = [await accepted(post('/v1/cases', bodyOf(opening), officer))];
  const { id, links } = answers[0]?.json() ?? {};
  for (const step of steps) answers.push(await accepted(post(links.events, bodyOf(step), officer)));
  const positions = answers.map(({ headers }) => String(headers['event-position']));
  const last = answers.at(-1) as Answer;
  return { id, links, positions, seen: { 'min-event-position': positions.at(-1) as string }, last };
};

/** Records one more event of a case that was seen as it stands. */
export const sendMore = async (
  { post }: Pick<TestApp, 'post'>,
  { links }: Pick<SentCase, 'links'>,
  step: Step,
  officer: Headers,
  etag?: string,
): Promise<Answer> => accepted(post(links.events, bodyOf(step), { ...officer, ...(etag && { 'if-match': etag }) }));

const accepted = async (sent: Promise<Answer>): Promise<Answer> => {
  const answer = await sent;
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer;
};

/** Headers with which a query shows what this write wrote. */
export const seenBy = ({ headers }: Answer): Headers => ({ 'min-event-position': String(headers['event-position']) });
