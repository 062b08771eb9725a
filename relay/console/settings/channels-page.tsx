import type { VNode } from 'preact';
import type { ChannelName } from '../../protocol/site-settings.ts';
import { IconButton } from '../base/button.tsx';
import { Switch, TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { moved } from './order.ts';
import { Section, useSite } from './section.tsx';

const ALL: ChannelName[] = ['chat', 'email', 'search', 'messengers'];

/** Which channels the widget offers, and in which order. */
export function ChannelsPage(): VNode {
  const { model, site } = useSite();
  const { settings: text, channels: names, pages } = words.value;
  const { channels: on, askSolved } = site.settings;
  const shown = [...on, ...ALL.filter((name) => !on.includes(name))];
  const save = (channels: ChannelName[]) => model.set({ channels });
  return (
    <>
      <Section title={pages.channels}>
        <ul class="items">
          {shown.map((name) => {
            const index = on.indexOf(name);
            return (
              <li key={name} class="item">
                <span class="item-main">
                  <Switch
                    label={names[name]}
                    checked={index >= 0}
                    onChange={(wanted) => save(wanted ? [...on, name] : on.filter((one) => one !== name))}
                  />
                </span>
                <IconButton
                  icon="up"
                  name={`${text.up}: ${names[name]}`}
                  disabled={index <= 0}
                  onClick={() => save(moved(on, index, -1))}
                />
                <IconButton
                  icon="down"
                  name={`${text.down}: ${names[name]}`}
                  disabled={index < 0 || index === on.length - 1}
                  onClick={() => save(moved(on, index, 1))}
                />
              </li>
            );
          })}
        </ul>
        {on.length === 0 && <p class="field-error">{text.channels.none}</p>}
      </Section>
      <Section title={text.channels.rating} lead={text.channels.ratingHint}>
        <Switch
          label={text.channels.askRating}
          checked={site.settings.rating}
          onChange={(rating) => model.set({ rating })}
        />
      </Section>
      <Section title={text.channels.solved} lead={text.channels.solvedHint}>
        <Switch
          label={text.channels.askSolved}
          checked={askSolved.on}
          onChange={(wanted) => model.set({ askSolved: { ...askSolved, on: wanted } })}
        />
        {askSolved.on && (
          <TextField
            label={text.channels.solvedHours}
            type="number"
            min={1}
            max={720}
            value={String(askSolved.hours)}
            onSave={(typed) =>
              model.set({
                askSolved: { ...askSolved, hours: Math.min(720, Math.max(1, Math.round(Number(typed)) || 24)) },
              })
            }
          />
        )}
      </Section>
    </>
  );
}
