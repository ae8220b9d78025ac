import t from 'tap';
import { cannotBeRecorded, isOvertaken } from '../../src/application/command-failure.ts';
import type { CommandFailure } from '../../src/application/commands.ts';

const refused = (...codes: readonly ('out-of-order' | 'unsuitable-record')[]): CommandFailure => ({
  reason: 'refused',
  refusals: codes.map((code) => ({ code, message: 'N. V. A. is in custody', pointer: '/type' })),
});

t.test('what cannot be recorded is told in codes, and nothing of what a message says', async (t) => {
  const { message } = cannotBeRecorded('the link', refused('out-of-order', 'unsuitable-record'));
  t.equal(message, 'the link cannot be recorded: out-of-order, unsuitable-record');
  t.equal(cannotBeRecorded('it', { reason: 'not-found' }).message, 'it cannot be recorded: not-found');
});

t.test('a command is overtaken where others keep writing, or nothing but its turn is over', async (t) => {
  t.ok(isOvertaken({ reason: 'contended' }));
  t.ok(isOvertaken(refused('out-of-order', 'out-of-order')));
  t.notOk(isOvertaken(refused('out-of-order', 'unsuitable-record')));
  t.notOk(isOvertaken({ reason: 'not-found' }));
});
