# No build step: Node runs the TypeScript sources. The first stage only keeps npm and its caches out of the image.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
# A container is reached from outside, so the service listens on all addresses; it refuses to without AUTH_ISSUERS.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data NODE_COMPILE_CACHE=/tmp/compiled
WORKDIR /app
# Owned by the user of the service, so that new volumes mounted here are too.
RUN mkdir /data /keys && chown node:node /data /keys
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY domain ./domain
COPY projections ./projections
COPY migrations ./migrations
COPY src ./src
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As `npm start`: what a request makes dies young, and is collected for less in a larger space (a command costs 7 % less processor time).
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=64", "src/main.ts"]
