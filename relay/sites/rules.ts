import type { FormField, LocaleCode, Localised, OperatorRole, PublicSite, SiteSettings } from '../protocol/index.ts';
import { consentText } from './form-consent.ts';
import { toPublicLauncher } from './launcher.ts';
import { messengerName, messengerUrl } from './messengers.ts';

/** What a site's key may be: it stands in addresses and in the script tag. */
export const SITE_KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Who may change a site's name, origins and settings. */
export const maySetUpSite = (role: OperatorRole): boolean => role === 'owner';

/** The languages of the product, by the beginning of a language tag (`ru-RU`, `en_US`). */
function ofTag(tag: string): LocaleCode | null {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0];
  return language === 'en' || language === 'ru' ? language : null;
}

/**
 * The language a visitor is served in: the site's own when it is fixed, else the page's, else the browser's, else
 * English. `asked` and `language` are language tags, empty when unknown.
 */
export function chooseLocale(settings: Pick<SiteSettings, 'locale'>, asked: string, language = ''): LocaleCode {
  if (settings.locale !== 'page') return settings.locale;
  return ofTag(asked) ?? ofTag(language) ?? 'en';
}

/** The site's words in this language; empty: the product's own are shown. */
const own = (text: Localised, locale: LocaleCode) => text[locale] ?? '';

/** The site's words in this language or in any other, for what the product has no words of its own for. */
function anyOf(text: Localised, locale: LocaleCode): string {
  return text[locale] || Object.values(text).find((words) => words !== '') || '';
}

/** What visitors of a language call the site. */
export const siteName = (site: { name: string; settings: SiteSettings }, locale: LocaleCode): string =>
  own(site.settings.texts.title, locale) || site.name;

/** A site as the widget gets it: one language, nothing that is not shown. Messengers without a good address are left out. */
export function toPublicSite(
  site: { key: string; name: string; settings: SiteSettings },
  locale: LocaleCode,
  extra: { hasArticles: boolean; icon?: string },
): PublicSite {
  const { settings } = site;
  const { texts, form } = settings;
  return {
    key: site.key,
    name: siteName(site, locale),
    locale,
    channels: settings.channels,
    color: settings.color,
    mode: settings.mode,
    launcher: toPublicLauncher(settings, locale, extra.icon ?? ''),
    texts: {
      greeting: own(texts.greeting, locale),
      intro: own(texts.intro, locale),
      chatWelcome: own(texts.chatWelcome, locale),
      offline: own(texts.offline, locale),
      formIntro: own(texts.formIntro, locale),
      formSent: own(texts.formSent, locale),
      consent: own(texts.consent, locale),
    },
    policy: settings.policy,
    form: {
      subject: form.subject,
      subjects: form.subjects.map((subject) => anyOf(subject, locale)).filter((subject) => subject !== ''),
      fields: form.fields.map((field) => toPublicField(field, locale)),
      consent: consentText(form, locale),
    },
    preChat: settings.preChat.on
      ? {
          ...{ intro: own(settings.preChat.intro, locale), name: settings.preChat.name },
          ...{ email: settings.preChat.email, phone: settings.preChat.phone },
          fields: settings.preChat.fields.map((field) => toPublicField(field, locale)),
        }
      : null,
    queue: settings.queue !== 'off',
    messengers: settings.messengers.flatMap((messenger) => {
      const url = messengerUrl(messenger);
      if (url === null) return [];
      const words = messenger.label === undefined ? '' : anyOf(messenger.label, locale);
      return [{ kind: messenger.kind, handle: messenger.handle, label: words || messengerName(messenger), url }];
    }),
    proactive: settings.proactive,
    rating: settings.rating,
    hasArticles: extra.hasArticles,
  };
}

function toPublicField(field: FormField, locale: LocaleCode): PublicSite['form']['fields'][number] {
  const hint = field.hint === undefined ? '' : anyOf(field.hint, locale);
  return {
    key: field.key,
    kind: field.kind,
    required: field.required,
    label: anyOf(field.label, locale) || field.key,
    ...(hint !== '' && { hint }),
    ...(field.options !== undefined && {
      options: field.options.map(({ value, label }) => ({ value, label: anyOf(label, locale) || value })),
    }),
  };
}
