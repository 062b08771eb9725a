import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** The languages the product ships whole. A site's own texts are kept by these codes. */
export const localeCode = z.enum(['en', 'ru']);
export type LocaleCode = z.infer<typeof localeCode>;

const line = z.string().trim().max(200);
/** A text of the site in each language; a missing one falls back to the product's own words. */
export const localised = z.partialRecord(localeCode, z.string().trim().max(1_000));
export type Localised = z.infer<typeof localised>;

export const channelName = z.enum(['chat', 'email', 'search', 'messengers']);
export type ChannelName = z.infer<typeof channelName>;

export const fieldKind = z.enum(['text', 'longtext', 'number', 'date', 'phone', 'select', 'multiselect', 'checkbox']);
export type FieldKind = z.infer<typeof fieldKind>;

/** One extra field of the e-mail form, as the site defines it. `key` is what prefill and the API call it. */
export const formField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a letter, then letters, digits or _'),
  kind: fieldKind,
  label: localised,
  hint: localised.optional(),
  required: z.boolean().default(false),
  /** For select and multiselect. */
  options: z
    .array(z.object({ value: line.min(1), label: localised }))
    .max(100)
    .optional(),
});
export type FormField = z.infer<typeof formField>;

export const messengerKind = z.enum([
  'telegram',
  'whatsapp',
  'viber',
  'vk',
  'messenger',
  'instagram',
  'skype',
  'ok',
  'signal',
  'line',
  'phone',
  'sms',
  'url',
]);
export type MessengerKind = z.infer<typeof messengerKind>;

/** A messenger link. `handle` is the user name, number or, for `url`, the whole address. */
export const messenger = z.object({
  kind: messengerKind,
  handle: line.min(1),
  label: localised.optional(),
});
export type Messenger = z.infer<typeof messenger>;

export const launcherSettings = z.object({
  position: z.enum(['right', 'left']).default('right'),
  offsetX: z.number().int().min(0).max(400).default(20),
  offsetY: z.number().int().min(0).max(400).default(20),
  icon: z.enum(['chat', 'help', 'mail', 'wave']).default('chat'),
  label: localised.default({}),
  /** Page paths (with `*`) on which the button does not show. */
  hiddenOn: z.array(z.string().trim().min(1).max(300)).max(50).default([]),
  hiddenOnPhones: z.boolean().default(false),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time like 09:00');
/** From a time of day to another; one that ends at or before its start goes on into the next day. */
export const hoursSpan = z.object({ from: timeOfDay, to: timeOfDay });
export type HoursSpan = z.infer<typeof hoursSpan>;
const spans = z.array(hoursSpan).max(6);

const isZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** When the team is there. While they are off somebody may be there at any time. */
export const hoursSettings = z.object({
  on: z.boolean().default(false),
  timeZone: z.string().max(64).refine(isZone, 'a time zone like Europe/Berlin').default('UTC'),
  /** From Monday to Sunday. */
  week: z
    .array(spans)
    .length(7)
    .default(() => Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', to: '18:00' }] : []))),
  /** Dates with hours of their own, or with none. */
  holidays: z
    .array(z.object({ date: z.iso.date(), spans: spans.default([]) }))
    .max(200)
    .default([]),
});
export type Hours = z.infer<typeof hoursSettings>;

/** Keys that the site's own fields before a chat cannot have. */
const PERSON = new Set(['name', 'email', 'phone']);
/** Whether something of the person is asked. */
export const asking = z.enum(['off', 'optional', 'required']);
export type Asking = z.infer<typeof asking>;

/** What is asked before the first message of a chat. */
export const preChatSettings = z.object({
  on: z.boolean().default(false),
  intro: localised.default({}),
  name: asking.default('required'),
  email: asking.default('optional'),
  phone: asking.default('off'),
  /** The site's own fields, of the kinds of the e-mail form's. */
  fields: z
    .array(formField)
    .max(20)
    .refine(
      (fields) =>
        new Set(fields.map(({ key }) => key)).size === fields.length && !fields.some(({ key }) => PERSON.has(key)),
      'each key once; name, email and phone are taken',
    )
    .default([]),
});
export type PreChat = z.infer<typeof preChatSettings>;

/** Everything a site's owner sets in the console. */
export const siteSettings = z.object({
  channels: z.array(channelName).max(4).default(['chat', 'email', 'search', 'messengers']),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'a colour like #0f766e')
    .default('#0f766e'),
  mode: z.enum(['light', 'dark', 'auto']).default('auto'),
  launcher: launcherSettings.prefault({}),
  /** `page`: the language of the page the widget is on, when there is one of ours. */
  locale: z.enum(['page', 'en', 'ru']).default('page'),
  texts: z
    .object({
      /** The site's name for visitors, where it differs by language. */
      title: localised.default({}),
      greeting: localised.default({}),
      intro: localised.default({}),
      chatWelcome: localised.default({}),
      offline: localised.default({}),
      formIntro: localised.default({}),
      formSent: localised.default({}),
      /** Said where a visitor is about to write who has not consented yet. */
      consent: localised.default({}),
    })
    .prefault({}),
  form: z
    .object({
      /** Free text, or a drop-down of these subjects. */
      subject: z.enum(['text', 'select']).default('text'),
      subjects: z.array(localised).max(50).default([]),
      fields: z.array(formField).max(20).default([]),
      /** A box that has to be ticked; links in its text are written `[words](https://…)`. */
      consent: z.object({ on: z.boolean().default(false), text: localised.default({}) }).prefault({}),
    })
    .prefault({}),
  preChat: preChatSettings.prefault({}),
  /** What a visitor is told whose chat waits for an operator: nothing, the place in the queue, or how long answers take. */
  queue: z.enum(['off', 'place', 'wait']).default('place'),
  messengers: z.array(messenger).max(20).default([]),
  /** The address of the site's privacy policy; empty: none is linked. */
  policy: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(LIMITS.urlChars)]).default(''),
  /** What happens at the visitor's when an operator writes first. */
  proactive: z.enum(['bubble', 'window']).default('bubble'),
  hours: hoursSettings.prefault({}),
  /** Whether visitors are asked to rate a chat when it closes. */
  rating: z.boolean().default(true),
  /** Whether an operator's close asks the visitor first; without an answer it closes by itself after so many hours. */
  askSolved: z
    .object({ on: z.boolean().default(false), hours: z.number().int().min(1).max(720).default(24) })
    .prefault({}),
  /** How long an operator counts as here after their last sign of life: a reload, a change of network. */
  graceSeconds: z.number().int().min(15).max(600).default(30),
});
export type SiteSettings = z.infer<typeof siteSettings>;
export type SiteSettingsInput = z.input<typeof siteSettings>;

/** A condition of a trigger. All of a trigger's conditions have to hold. */
export const triggerCondition = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('page'),
    match: z.enum(['is', 'contains', 'starts', 'not-contains']),
    value: z.string().trim().min(1).max(LIMITS.urlChars),
  }),
  z.object({ type: z.literal('time-on-page'), seconds: z.number().int().min(0).max(3_600) }),
  z.object({ type: z.literal('time-on-site'), seconds: z.number().int().min(0).max(36_000) }),
]);
export type TriggerCondition = z.infer<typeof triggerCondition>;

export const triggerInput = z.object({
  name: line.min(1),
  enabled: z.boolean().default(true),
  conditions: z.array(triggerCondition).min(1).max(10),
  text: localised.refine(
    (text) => Object.values(text).some((words) => words !== ''),
    'write the invitation in one language at least',
  ),
  /** How the invitation shows: a bubble beside the launcher, or the window opened on the chat. */
  show: z.enum(['bubble', 'window']).default('bubble'),
  /** Smaller goes first when several fire at once. */
  position: z.number().int().min(0).max(10_000).default(0),
});
export type TriggerInput = z.infer<typeof triggerInput>;
