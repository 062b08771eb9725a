# What a built relay runs from is one folder (relay/pack.ts); the image is that folder on Debian's Node.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node relay/build.ts --all && node relay/pack.ts /app

FROM node:24-bookworm-slim
COPY --from=build /app /app
RUN printf '#!/bin/sh\nexec node /app/dist/relay/cli.js "$@"\n' > /usr/local/bin/frontdesk \
 && chmod 755 /usr/local/bin/frontdesk \
 && install -d -o node -g node -m 700 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
USER node
WORKDIR /app
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node by itself keeps up to 128 MB for objects that are young; with 32 a message costs the relay no more.
CMD ["node", "--max-semi-space-size=16", "dist/relay/main.js"]
