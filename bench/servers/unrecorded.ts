/** The service as `ledger.ts` serves it, but for that nothing of who reads is put on record: what recording costs. Prints its address. */

import { pino } from 'pino';
import { openLedger, startNode } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import { appOf } from '../../src/serve.ts';

const config = loadConfig({ ...process.env, LOG_LEVEL: 'warn' });
const clock = (): Date => new Date();
const node = await startNode(config, await openLedger(config, clock), { clock, onFault: () => {} });
const app = appOf(config, { ...node, access: { ...node.access, write: async () => {} } }, pino({ level: 'warn' }));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', () => app.close().then(() => node.close()));
