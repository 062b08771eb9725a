import type { LocaleCode, SiteSettings } from '../protocol/site-settings.ts';

/** What visitors agree to where the site asks for it and has no words of its own. */
const AGREEMENT: Record<LocaleCode, string> = {
  en: 'I agree that what I write here is kept and used to answer me.',
  ru: 'Согласен на хранение и обработку того, что здесь написано, чтобы получить ответ.',
};

/** The words of the form's box, with links as `[words](address)`; empty where the site asks for none. */
export const consentText = ({ consent }: SiteSettings['form'], locale: LocaleCode): string =>
  consent.on ? consent.text[locale] || AGREEMENT[locale] : '';
