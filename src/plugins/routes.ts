import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

interface KnownRoute {
  readonly methods: readonly string[];
  readonly segments: readonly string[];
  readonly config: object;
}

declare module 'fastify' {
  interface FastifyInstance {
    knownRoutes: KnownRoute[];
  }
}

/** Keeps a list of the routes, so that rules about all of them can be checked and a wrong method told from a wrong address. */
export const routes = fp(
  async (app) => {
    app.decorate('knownRoutes', []);
    app.addHook('onRoute', (route) => {
      route.config ??= {};
      const { method, url, config } = route;
      app.knownRoutes.push({ methods: [method].flat(), segments: url.split('/'), config });
    });
  },
  { name: 'routes' },
);

/** The methods that an address knows; none where there is no such address. For the `Allow` header (RFC 9110, section 10.2.1). */
export const allowedMethods = (app: FastifyInstance, url: string): readonly string[] => {
  const given = (url.split('?', 1)[0] as string).split('/');
  const fits = (segments: readonly string[]): boolean =>
    segments.length === given.length &&
    segments.every((segment, index) => segment.startsWith(':') || segment === given[index]);
  return [...new Set(app.knownRoutes.filter(({ segments }) => fits(segments)).flatMap(({ methods }) => methods))];
};
