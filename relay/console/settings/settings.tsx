import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Button, IconButton } from '../base/button.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { useKeys } from '../keys/keys.ts';
import { words } from '../locales/locale.ts';
import { pathOf, SETTINGS_PAGES, type SettingsPage } from '../router.ts';
import { AccountPage } from './account-page.tsx';
import { ArticlesPage } from './articles-page.tsx';
import { ChannelsPage } from './channels-page.tsx';
import { FormPage } from './form-page.tsx';
import { HoursPage } from './hours-page.tsx';
import { IdentityPage } from './identity-page.tsx';
import { InvitationsPage } from './invitations-page.tsx';
import { LookPage } from './look-page.tsx';
import { MessengersPage } from './messengers-page.tsx';
import { OperatorsPage } from './operators-page.tsx';
import { PreChatPage } from './pre-chat-page.tsx';
import { SiteContext } from './section.tsx';
import { createSiteModel } from './site-model.ts';
import { SitePage } from './site-page.tsx';
import { TextsPage } from './texts-page.tsx';
import './articles.css';
import './settings.css';

/** Pages that change the site itself: an operator who is not its owner may only look. */
const OWNED = new Set<SettingsPage>([
  'site',
  'look',
  'texts',
  'channels',
  'hours',
  'form',
  'pre-chat',
  'messengers',
  'invitations',
  'identity',
]);

/** The settings: pages on the left, the one that is open on the right; on a phone one after the other. */
export function Settings({ page, item }: { page: SettingsPage | null; item: string | null }): VNode {
  const app = useApp();
  const desk = useDesk();
  const model = useMemo(() => createSiteModel(desk, app.toasts), [desk]);
  const { settings: text, pages, shell } = words.value;
  useEffect(() => {
    model.load();
    return model.stop;
  }, [model]);
  const go = (to: SettingsPage | null) => app.router.go({ name: 'settings', site: desk.site, page: to, item: null });
  useKeys((key) => {
    if (key !== 'Escape') return false;
    app.router.go({ name: 'view', site: desk.site, view: 'unassigned', conversation: null });
    return true;
  });

  const shown = page ?? 'site';
  const site = model.site.value;
  const lead = leadOf(shown);
  return (
    <main class="settings" id="detail" data-page={page === null ? 'none' : 'open'} tabIndex={-1}>
      <nav class="settings-pages" aria-label={text.title}>
        <h1>{text.title}</h1>
        {SETTINGS_PAGES.map((one) => (
          <a
            key={one}
            class="view"
            href={pathOf({ name: 'settings', site: desk.site, page: one, item: null })}
            aria-current={one === shown ? 'page' : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              go(one);
            }}
          >
            {pages[one]}
          </a>
        ))}
      </nav>
      <div class="settings-page" key={shown}>
        <header class="settings-head">
          <IconButton icon="back" name={shell.back} class="only-phone" onClick={() => go(null)} />
          <div>
            <h1>{pages[shown]}</h1>
            <p>{lead}</p>
          </div>
        </header>
        {model.failed.value ? (
          <State icon="warning" title={text.failed} alert>
            <Button icon="again" onClick={() => model.load()}>
              {shell.retry}
            </Button>
          </State>
        ) : site === null ? (
          <SkeletonRows rows={4} />
        ) : (
          <SiteContext.Provider value={{ model, site }}>
            {OWNED.has(shown) && site.role !== 'owner' && <p class="owner-only">{text.ownerOnly}</p>}
            <fieldset class="settings-body" disabled={OWNED.has(shown) && site.role !== 'owner'}>
              <Page page={shown} item={item} />
            </fieldset>
          </SiteContext.Provider>
        )}
      </div>
    </main>
  );
}

function leadOf(page: SettingsPage): string {
  const { settings } = words.value;
  return settings[page].lead;
}

function Page({ page, item }: { page: SettingsPage; item: string | null }): VNode {
  switch (page) {
    case 'site':
      return <SitePage />;
    case 'look':
      return <LookPage />;
    case 'texts':
      return <TextsPage />;
    case 'channels':
      return <ChannelsPage />;
    case 'hours':
      return <HoursPage />;
    case 'form':
      return <FormPage />;
    case 'pre-chat':
      return <PreChatPage />;
    case 'messengers':
      return <MessengersPage />;
    case 'invitations':
      return <InvitationsPage />;
    case 'identity':
      return <IdentityPage />;
    case 'articles':
      return <ArticlesPage item={item} />;
    case 'operators':
      return <OperatorsPage />;
    case 'account':
      return <AccountPage />;
  }
}
