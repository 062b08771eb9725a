import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { operatorRole, type SiteSettings, siteSettings } from '../protocol/index.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { recordActivity } from './activity.ts';
import { messengerUrl } from './messengers.ts';
import { type RefusedOrigins, toOrigin } from './origins.ts';
import { maySetUpSite } from './rules.ts';
import { type Site, siteById, updateSite } from './store.ts';

export interface SitesDeps {
  store: Persistence;
  clock: Clock;
  refused: RefusedOrigins;
  /** Where the relay is reached from outside, without a slash at the end. */
  publicUrl(): string;
  /** Settings, name or origins were changed. */
  onEdited(siteId: string): void;
}

const siteReply = z.object({
  key: z.string(),
  name: z.string(),
  role: operatorRole,
  origins: z.array(z.string()),
  settings: siteSettings,
  refusedOrigins: z.array(z.object({ origin: z.string(), at: z.string() })),
  /** What the site's owner pastes into their pages. */
  scriptTag: z.string(),
});

const siteChange = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  origins: z.array(z.string().trim().min(1).max(300)).max(100).optional(),
  /** The settings as a whole; what is left out goes back to its default. */
  settings: siteSettings.optional(),
});

const params = z.object({ site: z.string() });

const readSite = createRoute({
  method: 'get',
  path: '/sites/{site}',
  summary: 'A site with its settings',
  request: { params },
  responses: { 200: jsonAnswer(siteReply, 'The site'), ...errorAnswer },
});

const changeSite = createRoute({
  method: 'patch',
  path: '/sites/{site}',
  summary: 'Change a site’s name, origins or settings; for its owner',
  request: { params, body: jsonBody(siteChange) },
  responses: { 200: jsonAnswer(siteReply, 'The site as it is now'), ...errorAnswer },
});

/** Routes of a site itself, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function sitesRoutes(deps: SitesDeps) {
  const reply = (site: Site, role: z.infer<typeof operatorRole>): z.infer<typeof siteReply> => ({
    key: site.key,
    name: site.name,
    role,
    origins: site.origins,
    settings: site.settings,
    refusedOrigins: deps.refused.list(site.id),
    scriptTag: `<script async src="${deps.publicUrl()}/widget.js" data-site="${site.key}"></script>`,
  });

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(readSite, async (c) => {
      const { id, role } = c.get('site');
      const site = await siteById(deps.store.read, deps.store.t, id);
      if (!site) throw new FrontdeskError('not-found');
      return c.json(reply(site, role), 200);
    })
    .openapi(changeSite, async (c) => {
      const { id, role } = c.get('site');
      if (!maySetUpSite(role)) throw new FrontdeskError('forbidden');
      const { name, origins, settings } = c.req.valid('json');
      if (settings) checkMessengers(settings);
      const change = {
        ...(name !== undefined && { name }),
        ...(origins !== undefined && { origins: checkedOrigins(origins) }),
        ...(settings !== undefined && { settings }),
      };
      const site = await deps.store.tx(async (db) => {
        await recordActivity(db, deps.store.t, {
          siteId: id,
          actor: { kind: 'operator', id: c.get('signedIn').operator.id },
          action: 'site-changed',
          detail: { fields: Object.keys(change) },
          ip: c.get('ip'),
          at: new Date(deps.clock.now()),
        });
        return updateSite(db, deps.store.t, id, change);
      });
      if (!site) throw new FrontdeskError('not-found');
      deps.refused.forget(id, site.origins);
      deps.onEdited(id);
      return c.json(reply(site, role), 200);
    });
}

function checkedOrigins(typed: readonly string[]): string[] {
  const origins = typed.map((text, index) => {
    const origin = toOrigin(text);
    if (origin === null) {
      const says = `«${text}» is not an origin; write it like https://shop.example.`;
      throw new FrontdeskError('bad-field', says, { field: `origins.${index}` });
    }
    return origin;
  });
  return [...new Set(origins)];
}

function checkMessengers(settings: SiteSettings): void {
  for (const [index, messenger] of settings.messengers.entries()) {
    if (messengerUrl(messenger) === null) {
      const says = `«${messenger.handle}» is not a name, number or address for ${messenger.kind}.`;
      throw new FrontdeskError('bad-field', says, { field: `settings.messengers.${index}.handle` });
    }
  }
}
