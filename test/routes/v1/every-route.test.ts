import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { ROLES } from '../../../domain/kernel/roles.ts';
import { ROUTES } from '../../support/access-table.ts';
import { type Answer, startApp } from '../../support/app.ts';

t.test('every route of version 1', async (t) => {
  const { app, get, as } = await startApp(t);
  const routes = app.knownRoutes
    .filter(({ segments }) => segments[1] === 'v1')
    .flatMap(({ methods, segments, config }) =>
      methods
        .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
        .map((method) => ({
          name: `${method} ${segments.join('/')}`,
          method,
          url: segments.join('/'),
          config: config as { roles?: readonly string[]; public?: true },
        })),
    );
  t.ok(routes.length > 12);
  const { paths } = (await get('/openapi.json')).json();
  const documented = (url: string, method: string) => paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];

  t.test('is documented, with its answers and problems', async (t) => {
    for (const { name, method, url, config } of routes) {
      const operation = documented(url, method);
      t.ok(operation, name);
      const statuses = Object.keys(operation.responses);
      const good = statuses.filter((status) => status.startsWith('2'));
      t.equal(good.length, 1, `${name} has one good answer`);
      const { content, description } = operation.responses[good[0] as string];
      t.ok(description, `${name} says what it answers`);
      for (const [type, { schema }] of Object.entries(content as Record<string, { schema: object }>)) {
        t.ok(Object.keys(schema).length > 0, `${name} has a schema of its ${type}`);
      }
      if (config.public !== true)
        t.ok(
          ['401', '403'].every((status) => statuses.includes(status)),
          name,
        );
      for (const parameter of url.matchAll(/:(\w+)/g)) {
        t.ok(
          operation.parameters.some(
            (each: { name: string; in: string }) => each.name === parameter[1] && each.in === 'path',
          ),
          `${name} documents ${parameter[1]}`,
        );
      }
      if (method === 'POST') t.ok(operation.requestBody, `${name} documents its body`);
    }
    const operations = Object.values(paths as Record<string, object>).flatMap((path) => Object.keys(path)).length;
    const known = new Set(app.knownRoutes.map(({ segments }) => segments.join('/')));
    t.ok(operations >= routes.length);
    for (const path of Object.keys(paths)) t.ok(known.has(path.replaceAll(/\{(\w+)\}/g, ':$1')), `${path} is there`);
  });

  t.test('says who may use it, and lets in nobody else', async (t) => {
    for (const { name, config } of routes) t.same(config.roles, ROUTES[name]?.roles, name);
    for (const { name, method, url, config } of routes) {
      const address = url
        .replace(/:(caseId|id)/, '00000000-0000-4000-8000-000000000001')
        .replace(':year', '2017')
        .replace(':direction', 'VN-CN')
        .replace(/:\w+/, 'x');
      const send = async (headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
        const answer = await app.inject({ method: method as 'GET', url: address, headers });
        // A machine that has too much to do turns requests away before it looks who sends them.
        if (!answer.body.includes('problem:overloaded')) return answer;
        await wait(100);
        return send(headers);
      };
      if (config.public === true) {
        t.not((await send()).statusCode, 401, `${name} is public`);
        continue;
      }
      const anybody = await send();
      t.equal(anybody.statusCode, 401, name);
      t.match(anybody.headers['www-authenticate'], /^Bearer/);
      for (const role of ROLES) {
        const answer = await send(await as(role));
        t.equal(answer.statusCode === 403, !config.roles?.includes(role), `${name} for ${role}: ${answer.statusCode}`);
        t.not(answer.statusCode, 500);
      }
    }
  });
});
