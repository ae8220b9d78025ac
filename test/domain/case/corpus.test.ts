import { readFileSync } from 'node:fs';
import t from 'tap';
import { type CaseEventType, caseEvents } from '../../../domain/case/events.ts';
import { caseStreams } from '../../../domain/case/kind.ts';
import { CASE_SCHEMA_VERSION } from '../../../domain/case/upcast.ts';
import { lift } from '../../../domain/kernel/stream-kind.ts';

interface Stored {
  readonly version: number;
  readonly type: string;
  readonly open: Readonly<Record<string, unknown>>;
}

/** The open data of events as every version has stored them, one a line. Lines are added, never changed. */
const corpus = readFileSync(new URL('./corpus.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Stored);

t.test('what any version has stored is read in the shapes of today', async (t) => {
  for (const { version, type, open } of corpus) {
    const lifted = lift(caseStreams, type, version, open);
    t.ok(Object.hasOwn(caseEvents, lifted.type), `${type} is an event of today`);
    const parsed = caseEvents[lifted.type as CaseEventType].open.safeParse(lifted.open);
    t.same(parsed.error?.issues ?? [], [], `${type} of version ${version}: ${JSON.stringify(open)}`);
  }
});

t.test('the corpus has every event type in the version of today', async (t) => {
  const stored = new Set(corpus.filter(({ version }) => version === CASE_SCHEMA_VERSION).map(({ type }) => type));
  t.same(
    Object.keys(caseEvents).filter((type) => !stored.has(type)),
    [],
    'add a line to corpus.ndjson for each of these',
  );
});

t.test('what a newer program has written is not read by an older one', async (t) => {
  t.throws(() => lift(caseStreams, 'reported', CASE_SCHEMA_VERSION + 1, {}), /written in version/);
});
