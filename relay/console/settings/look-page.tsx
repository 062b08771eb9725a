import type { VNode } from 'preact';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import { Segments, SelectField, Switch, TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { LocalisedField } from './localised-field.tsx';
import { Section, useSite } from './section.tsx';

const optionsOf = <T extends string>(names: Record<T, string>) =>
  (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }));

/** Colour, mode and the launcher. */
export function LookPage(): VNode {
  const { model, site } = useSite();
  const { look: text, ownWords } = words.value.settings;
  const { settings } = site;
  const { launcher } = settings;
  const setLauncher = (change: Partial<SiteSettings['launcher']>) =>
    model.set({ launcher: { ...launcher, ...change } });
  const offset = (typed: string) => Math.min(400, Math.max(0, Math.round(Number(typed)) || 0));
  return (
    <>
      <Section title={text.color} lead={text.colorHint}>
        <div class="color-line">
          <input
            type="color"
            class="color"
            aria-label={text.color}
            value={settings.color}
            onChange={(event) => model.set({ color: event.currentTarget.value })}
          />
          <span class="mono">{settings.color}</span>
        </div>
        <Segments
          label={text.mode}
          value={settings.mode}
          options={optionsOf(text.modes)}
          onChange={(mode) => model.set({ mode })}
        />
        <Segments
          label={text.locale}
          value={settings.locale}
          options={optionsOf(text.locales)}
          onChange={(locale) => model.set({ locale })}
        />
      </Section>
      <Section title={text.position}>
        <Segments
          label={text.position}
          quiet
          value={launcher.position}
          options={optionsOf(text.positions)}
          onChange={(position) => setLauncher({ position })}
        />
        <div class="two">
          <TextField
            label={text.offsetX}
            type="number"
            min={0}
            max={400}
            value={String(launcher.offsetX)}
            onSave={(typed) => setLauncher({ offsetX: offset(typed) })}
          />
          <TextField
            label={text.offsetY}
            type="number"
            min={0}
            max={400}
            value={String(launcher.offsetY)}
            onSave={(typed) => setLauncher({ offsetY: offset(typed) })}
          />
        </div>
        <SelectField
          label={text.icon}
          value={launcher.icon}
          options={optionsOf(text.icons)}
          onChange={(icon) => setLauncher({ icon })}
        />
        <LocalisedField
          label={text.label}
          hint={ownWords}
          value={launcher.label}
          onSave={(label) => setLauncher({ label })}
        />
      </Section>
      <Section title={text.hiddenOn} lead={text.hiddenOnHint}>
        <TextField
          label={text.hiddenOn}
          quiet
          mono
          rows={3}
          value={launcher.hiddenOn.join('\n')}
          onSave={(typed) =>
            setLauncher({
              hiddenOn: typed
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== ''),
            })
          }
        />
        <Switch
          label={text.hiddenOnPhones}
          checked={launcher.hiddenOnPhones}
          onChange={(hiddenOnPhones) => setLauncher({ hiddenOnPhones })}
        />
      </Section>
      <Section title={text.proactive}>
        <Segments
          label={text.proactive}
          quiet
          value={settings.proactive}
          options={optionsOf(text.proactives)}
          onChange={(proactive) => model.set({ proactive })}
        />
      </Section>
      <Section title={text.preview} lead={site.key === 'demo' ? text.previewHint : text.noPreview}>
        {site.key === 'demo' && <iframe key={model.saves.value} class="preview" title={text.preview} src="/demo/" />}
      </Section>
    </>
  );
}
