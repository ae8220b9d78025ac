import t from 'tap';
import { caseEvents } from '../../../domain/case/events.ts';
import { isOpen, statusOf } from '../../../domain/deadlines/deadline.ts';
import { deadlinesOf, KINDS_WITH_DEADLINES } from '../../../domain/deadlines/index.ts';
import { DEADLINE_ENDS, DEADLINE_RULES } from '../../../domain/reference/deadline-rules.ts';
import { requests } from '../../../domain/request/kind.ts';
import { STREAM_KINDS } from '../../../domain/stream-kinds.ts';

const asked = (status: string, entries: object = {}, since = '2024-01-02') => ({
  standing: { state: status, stoodAt: [] },
  entries: { addressee: 'VN-MPS', dueOn: '2024-02-01', ...entries },
  openedAt: '2024-01-01',
  since,
});

t.test('a request is due on its own date, by the clock of the side that is asked', async (t) => {
  const [deadline] = deadlinesOf('request', asked('acknowledged'));
  t.match(deadline, { side: 'VN', due: '2024-02-01', started: '2024-01-01', rule: { code: 'request-due-date' } });
  if (deadline === undefined) return;
  t.ok(isOpen(deadline));
  t.equal(statusOf(deadline, '2024-02-01T16:30:00.000Z'), 'running', 'in Viet Nam the day is not over');
  t.equal(statusOf(deadline, '2024-02-01T17:00:00.000Z'), 'expired');
});

t.test('an answer in time meets it, one that is late does not, and a withdrawal ends it', async (t) => {
  for (const [status, since, expected] of [
    ['replied', '2024-02-01', 'met'],
    ['declined', '2024-01-10', 'met'],
    ['replied', '2024-02-02', 'expired'],
    ['withdrawn', '2024-01-10', 'ended'],
  ] as const) {
    const [deadline] = deadlinesOf('request', asked(status, {}, since));
    t.equal(deadline && statusOf(deadline, '2025-01-01T00:00:00.000Z'), expected, `${status} ${since}`);
  }
});

t.test('a request without a due date has none, and neither has a record of another kind', async (t) => {
  t.same(deadlinesOf('request', asked('requested', { dueOn: undefined })), []);
  t.same(deadlinesOf('statement', {}), []);
});

t.test('what the rules name is there', async (t) => {
  const events = new Set([...Object.keys(caseEvents), ...Object.keys(requests.rules.shapes)]);
  for (const { metBy, endedBy } of Object.values(DEADLINE_ENDS)) {
    for (const type of [...metBy, ...endedBy]) t.ok(events.has(type), type);
  }
  for (const { extension } of DEADLINE_RULES) if (extension) t.ok(events.has(extension.by), extension.by);
  const categories = STREAM_KINDS.map(({ category }) => category);
  for (const kind of KINDS_WITH_DEADLINES) t.ok(categories.includes(kind), kind);
});
