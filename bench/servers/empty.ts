/** Routes that do nothing, as a measure of what fastify itself costs. Prints its address. */
import fastify from 'fastify';

const app = fastify();
app.post('/empty', async (_request, reply) => reply.code(201).send({ done: true }));
app.get('/empty', async () => ({ done: true }));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', () => app.close());
