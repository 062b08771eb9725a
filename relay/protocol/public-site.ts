import { z } from 'zod';
import { uuid } from './entities.ts';
import {
  asking,
  channelName,
  formField,
  launcherSettings,
  localeCode,
  messenger,
  triggerCondition,
} from './site-settings.ts';

/** A trigger as the widget gets it: its text in the page's language. */
export const publicTrigger = z.object({
  id: uuid,
  conditions: z.array(triggerCondition),
  text: z.string(),
  show: z.enum(['bubble', 'window']),
  from: z.string(),
});
export type PublicTrigger = z.infer<typeof publicTrigger>;

export const publicField = formField.omit({ label: true, hint: true, options: true }).extend({
  label: z.string(),
  hint: z.string().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});
export type PublicField = z.infer<typeof publicField>;

/** A site's settings as the widget gets them: one language, nothing that is not shown. */
export const publicSite = z.object({
  key: z.string(),
  name: z.string(),
  locale: localeCode,
  channels: z.array(channelName),
  color: z.string(),
  mode: z.enum(['light', 'dark', 'auto']),
  launcher: launcherSettings.omit({ label: true, icon: true, hiddenOn: true }).extend({
    label: z.string(),
    /** For assistive technology, also where no label shows. */
    name: z.string(),
    /** The address of a picture, or the data of one SVG path on 24 × 24. */
    icon: z.string(),
    /** Source of a regular expression over the path of pages that do without it; empty for none. */
    hiddenOn: z.string(),
  }),
  texts: z.object({
    greeting: z.string(),
    intro: z.string(),
    chatWelcome: z.string(),
    offline: z.string(),
    formIntro: z.string(),
    formSent: z.string(),
    consent: z.string(),
  }),
  policy: z.string(),
  form: z.object({
    subject: z.enum(['text', 'select']),
    subjects: z.array(z.string()),
    fields: z.array(publicField),
    /** What has to be agreed to before a form is sent; empty: nothing. */
    consent: z.string(),
  }),
  /** What is asked before a chat; null: nothing. The form's consent is asked here too. */
  preChat: z
    .object({ intro: z.string(), name: asking, email: asking, phone: asking, fields: z.array(publicField) })
    .nullable(),
  /** Whether a visitor whose chat waits can ask how the queue stands. */
  queue: z.boolean(),
  messengers: z.array(messenger.omit({ label: true }).extend({ label: z.string(), url: z.string() })),
  proactive: z.enum(['bubble', 'window']),
  /** Whether closed chats ask to be rated. */
  rating: z.boolean(),
  /** Whether there is an article to find in this language. */
  hasArticles: z.boolean(),
});
export type PublicSite = z.infer<typeof publicSite>;
