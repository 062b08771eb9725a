import type { VNode } from 'preact';
import { useApp, useDesk } from '../app/context.ts';
import { IconButton } from '../base/button.tsx';
import { Icon, type IconName } from '../base/icon.tsx';
import { words } from '../locales/locale.ts';
import { pathOf, type Route, VIEWS, type ViewName } from '../router.ts';
import { Mark } from '../sign-in/sign-in-card.tsx';
import { AccountMenu } from './account-menu.tsx';

const ICONS: Record<ViewName, IconName> = {
  unassigned: 'inbox',
  mine: 'user',
  online: 'online',
  all: 'all',
  closed: 'archive',
  'on-site': 'globe',
};

/** The column of views: where conversations are, who is on the site, settings, oneself. */
export function Views({ onHelp }: { onHelp(): void }): VNode {
  const app = useApp();
  const desk = useDesk();
  const { shell, views } = words.value;
  const route = app.router.route.value;
  const collapsed = app.preferences.viewsCollapsed.value;
  const sites = app.me.value?.sites ?? [];
  const counts = desk.counts.value;

  const link = (to: Route, icon: IconName, label: string, current: boolean, count = 0, accent = false) => (
    <a
      href={pathOf(to)}
      class="view"
      aria-current={current ? 'page' : undefined}
      title={collapsed ? label : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        app.router.go(to);
      }}
    >
      <Icon name={icon} />
      <span class="view-name">{label}</span>
      {count > 0 && <span class={`count ${accent ? 'count-accent' : ''}`}>{count}</span>}
    </a>
  );

  return (
    <nav class="views" aria-label={shell.views}>
      <div class="views-head">
        <Mark />
        {sites.length > 1 ? (
          <select
            class="site-switch"
            aria-label={shell.site}
            value={desk.site}
            onChange={(event) => {
              const site = event.currentTarget.value;
              app.router.go({ name: 'view', site, view: 'unassigned', conversation: null });
            }}
          >
            {sites.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <span class="site-name">{sites[0]?.name}</span>
        )}
        <IconButton
          icon={collapsed ? 'expand' : 'collapse'}
          name={collapsed ? shell.expand : shell.collapse}
          class="views-collapse"
          onClick={() => app.preferences.setViewsCollapsed(!collapsed)}
        />
      </div>
      <div class="views-list">
        {VIEWS.map((view) => (
          <div key={view} class={view === 'on-site' ? 'view-apart' : ''}>
            {link(
              { name: 'view', site: desk.site, view, conversation: null },
              ICONS[view],
              views[view],
              route.name === 'view' && route.view === view,
              view === 'closed' ? 0 : counts[view],
              view === 'unassigned',
            )}
          </div>
        ))}
      </div>
      <div class="views-foot">
        {link(
          { name: 'settings', site: desk.site, page: null, item: null },
          'settings',
          shell.settings,
          route.name === 'settings',
        )}
        <button type="button" class="view view-help" onClick={onHelp} title={collapsed ? shell.help : undefined}>
          <Icon name="help" />
          <span class="view-name">{shell.help}</span>
          <span class="key" aria-hidden="true">
            ?
          </span>
        </button>
        <AccountMenu />
      </div>
    </nav>
  );
}
