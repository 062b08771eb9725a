import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from '../app/context.ts';
import { Button, IconButton } from '../base/button.tsx';
import { TextField } from '../base/field.tsx';
import { words } from '../locales/locale.ts';
import { Section, useSite } from './section.tsx';

/** Name, origins and the script tag. */
export function SitePage(): VNode {
  const app = useApp();
  const { model, site } = useSite();
  const typed = useSignal('');
  const { settings } = words.value;
  const { site: text } = settings;
  const wrong = model.refused.value?.startsWith('origins') ? text.badOrigin : undefined;

  const addOrigin = async (event: Event) => {
    event.preventDefault();
    const origin = typed.value.trim();
    if (origin === '') return;
    if (await model.save({ origins: [...site.origins, origin] })) typed.value = '';
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(site.scriptTag);
    app.toasts.show({ text: settings.copied });
  };
  return (
    <>
      <Section title={text.name}>
        <TextField
          label={text.name}
          quiet
          maxLength={100}
          value={site.name}
          onSave={(name) => name.trim() && model.save({ name: name.trim() })}
        />
      </Section>
      <Section title={text.tag} lead={text.tagHint}>
        <pre class="code">{site.scriptTag}</pre>
        <Button icon="copy" onClick={copy}>
          {settings.copy}
        </Button>
      </Section>
      <Section title={text.origins} lead={text.originsHint}>
        {site.origins.length === 0 && <p class="field-hint">{text.noOrigins}</p>}
        <ul class="items">
          {site.origins.map((origin) => (
            <li key={origin} class="item">
              <span class="item-main mono">{origin}</span>
              <IconButton
                icon="x"
                name={`${settings.remove}: ${origin}`}
                onClick={() => model.save({ origins: site.origins.filter((one) => one !== origin) })}
              />
            </li>
          ))}
        </ul>
        <form class="add-line" onSubmit={addOrigin}>
          <TextField
            label={text.newOrigin}
            placeholder="https://shop.example"
            value={typed.value}
            error={wrong}
            onInput={(value) => {
              typed.value = value;
            }}
          />
          <Button type="submit" icon="plus">
            {settings.add}
          </Button>
        </form>
      </Section>
      {site.refusedOrigins.length > 0 && (
        <Section title={text.refused} lead={text.refusedHint}>
          <ul class="items">
            {site.refusedOrigins.map(({ origin }) => (
              <li key={origin} class="item">
                <span class="item-main mono">{origin}</span>
                <Button onClick={() => model.save({ origins: [...site.origins, origin] })}>{text.allow}</Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
