import type { VNode } from 'preact';
import { useApp, useDesk } from '../app/context.ts';
import type { Mode } from '../app/preferences.ts';
import { Avatar } from '../base/avatar.tsx';
import { Button } from '../base/button.tsx';
import { Segments, Switch } from '../base/field.tsx';
import { Icon } from '../base/icon.tsx';
import { closePopover, Popover } from '../base/popover.tsx';
import { language, setLanguage, words } from '../locales/locale.ts';
import { askPermission, permission } from '../notices/notices.ts';

const STATUSES = ['online', 'away', 'offline'] as const;
const MODES: Mode[] = ['auto', 'light', 'dark'];

/** Oneself: status, sound, notifications, appearance, language, signing out. */
export function AccountMenu(): VNode {
  const app = useApp();
  const desk = useDesk();
  const { shell, status, statusLabel, pages } = words.value;
  const mine = desk.status.value;
  const name = app.me.value?.operator.name ?? '';
  const sites = app.me.value?.sites ?? [];
  return (
    <>
      <button type="button" class="account-button" popovertarget="account-menu">
        <Avatar id={desk.me.id} name={name} size="small" presence={mine} />
        <span class="account-words">
          <span class="account-name">{name}</span>
          <span class="account-status">{status[mine]}</span>
          <span class="visually-hidden">{shell.account}</span>
        </span>
        <Icon name="down" size={16} />
      </button>
      <Popover id="account-menu" class="account-menu" above>
        <fieldset class="status-choice" aria-label={statusLabel(status[mine])}>
          {STATUSES.map((one) => (
            <button
              key={one}
              type="button"
              class="menu-item"
              aria-pressed={one === mine}
              onClick={() => {
                desk.setStatus(one);
                closePopover('account-menu');
              }}
            >
              <span class={`dot dot-${one} dot-inline`} />
              <span>{status[one]}</span>
              {one === mine && <Icon name="check" size={16} />}
            </button>
          ))}
        </fieldset>
        <hr />
        <div class="menu-block">
          <Switch label={shell.sound} checked={app.preferences.sound.value} onChange={app.preferences.setSound} />
          {permission.value === 'default' && (
            <Button icon="bell" onClick={() => askPermission()}>
              {shell.askNotices}
            </Button>
          )}
          {permission.value === 'granted' && (
            <p class="menu-note">
              <Icon name="check" size={16} /> {shell.notices}
            </p>
          )}
          {permission.value === 'denied' && <p class="menu-note">{shell.noticesDenied}</p>}
          <Segments
            label={shell.mode}
            value={app.preferences.mode.value}
            options={MODES.map((value) => ({ value, label: shell.modes[value] }))}
            onChange={app.preferences.setMode}
          />
          <Segments
            label={shell.language}
            value={language.value}
            options={[
              { value: 'en', label: 'English' },
              { value: 'ru', label: 'Русский' },
            ]}
            onChange={(to) => setLanguage(app.storage, to)}
          />
        </div>
        <hr />
        {sites.length > 1 && (
          <fieldset aria-label={shell.site} class="menu-sites">
            {sites.map(({ key, name: site }) => (
              <button
                key={key}
                type="button"
                class="menu-item"
                aria-pressed={key === desk.site}
                onClick={() => {
                  closePopover('account-menu');
                  app.router.go({ name: 'view', site: key, view: 'unassigned', conversation: null });
                }}
              >
                <Icon name="globe" size={18} />
                <span>{site}</span>
                {key === desk.site && <Icon name="check" size={16} />}
              </button>
            ))}
          </fieldset>
        )}
        <button
          type="button"
          class="menu-item"
          onClick={() => {
            closePopover('account-menu');
            app.router.go({ name: 'settings', site: desk.site, page: 'account', item: null });
          }}
        >
          <Icon name="user" size={18} />
          <span>{pages.account}</span>
        </button>
        <button type="button" class="menu-item" onClick={() => app.signOut()}>
          <Icon name="sign-out" size={18} />
          <span>{shell.signOut}</span>
        </button>
      </Popover>
    </>
  );
}
