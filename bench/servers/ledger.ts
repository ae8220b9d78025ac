/** The service as it is, on an embedded ledger in `DATA_DIR`, with a rate limit that the bench does not meet. Prints its address. */
import { loadConfig } from '../../src/config.ts';
import { serve } from '../../src/serve.ts';

const service = await serve(loadConfig({ ...process.env, PORT: '0', LOG_LEVEL: 'warn' }));
process.stdout.write(`${service.address}\n`);
process.once('SIGTERM', () => service.close());
