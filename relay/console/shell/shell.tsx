import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp, useDesk } from '../app/context.ts';
import { Boundary, Broken } from '../base/boundary.tsx';
import { Button } from '../base/button.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { usePart } from '../base/use-part.ts';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { ListPane } from '../inbox/list-pane.tsx';
import { HelpSheet } from '../keys/help-sheet.tsx';
import { useKeys } from '../keys/keys.ts';
import { words } from '../locales/locale.ts';
import { OnSitePane } from '../on-site/on-site-pane.tsx';
import type { SettingsPage } from '../router.ts';
import { Views } from './views.tsx';

/** The settings come when they are first asked for. */
function LazySettings(props: { page: SettingsPage | null; item: string | null }): VNode {
  const part = usePart(() => import('../settings/settings.tsx'));
  if (part === 'gone')
    return (
      <main class="settings">
        <Broken />
      </main>
    );
  if (part) return <part.Settings {...props} />;
  return (
    <main class="settings">
      <SkeletonRows />
    </main>
  );
}

/** The three columns of a site, or its settings; on a phone one column at a time. */
export function Shell(): VNode {
  const app = useApp();
  const help = useSignal(false);
  const route = app.router.route.value;
  const collapsed = app.preferences.viewsCollapsed.value;
  const { shell } = words.value;

  useKeys((key) => {
    if (key !== '?') return false;
    help.value = true;
    return true;
  });

  const column = route.name === 'view' && route.conversation !== null ? 'detail' : 'list';
  return (
    <div class={`shell ${collapsed ? 'shell-collapsed' : ''}`} data-column={column} data-place={route.name}>
      <a class="skip-link" href="#detail">
        {shell.skip}
      </a>
      <LineBar />
      <Views onHelp={() => (help.value = true)} />
      {route.name === 'view' && (
        <main class="columns">
          <Boundary key={route.view}>
            {route.view === 'on-site' ? (
              <OnSitePane conversation={route.conversation} />
            ) : (
              <ListPane view={route.view} conversation={route.conversation} />
            )}
          </Boundary>
          <section class="detail" id="detail" tabIndex={-1}>
            {route.conversation ? (
              <Boundary key={route.conversation}>
                <ConversationPane id={route.conversation} view={route.view} />
              </Boundary>
            ) : (
              <State icon="chats" title={words.value.conversation.none} hint={words.value.conversation.noneHint} />
            )}
          </section>
        </main>
      )}
      {route.name === 'settings' && (
        <Boundary key={route.page}>
          <LazySettings page={route.page} item={route.item} />
        </Boundary>
      )}
      {help.value && <HelpSheet onClose={() => (help.value = false)} />}
    </div>
  );
}

/** A thin bar while there is no line to the relay; it keeps quiet through short breaks. */
function LineBar(): VNode | null {
  const desk = useDesk();
  const { shell } = words.value;
  const state = useComputed(() => desk.line.value.state);
  if (state.value === 'refused')
    return (
      <div class="line-bar line-bar-stopped" role="alert">
        <span>{shell.refused}</span>
        <Button kind="plain" onClick={() => location.reload()}>
          {shell.reload}
        </Button>
      </div>
    );
  if (state.value === 'online' || !desk.wasOnline.value) return null;
  return (
    <div class="line-bar" role="status">
      {shell.reconnecting}
    </div>
  );
}
