import type {
  Article,
  ArticleHit,
  Availability,
  LogEvent,
  PublicSite,
  SessionReply,
  VisitorConversation,
} from '../../relay/protocol/index.ts';

/** What a relay would answer for an imaginary shop, in one language; every time is counted from `now`. */
export interface Answers {
  /** The sentence of this page's language. */
  say(en: string, ru: string): string;
  site: PublicSite;
  here: Availability;
  away: Availability;
  session: SessionReply;
  chat: VisitorConversation;
  letter: VisitorConversation;
  hits: ArticleHit[];
  article: Article;
  /** An event of the chat: what the operator said, or the visitor. */
  said(seq: number, mine: boolean, text: string, more?: Partial<Extract<LogEvent, { type: 'message' }>>): LogEvent;
  status(seq: number, ended: boolean): LogEvent;
}

/** A made-up id that is a UUID of version 7. */
export const idOf = (number: number): string => `01980000-0000-7000-8000-${`${number}`.padStart(12, '0')}`;

const CHAT = idOf(1);
const LETTER = idOf(2);
const ANNA = { id: idOf(11), name: 'Anna Lindqvist' };
const PETR = { id: idOf(12), name: 'Пётр Ким' };
const MINUTE = 60_000;
/** The chat icon of the launcher, as the relay sends it. */
const BUBBLE = 'M7.9 20A9 9 0 1 0 4 16.1L2 22z';

/** Makes the answers. */
export function answersIn(locale: 'en' | 'ru', now: number): Answers {
  const say = (en: string, ru: string) => (locale === 'ru' ? ru : en);
  const at = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
  const anna = { ...ANNA, name: say('Anna Lindqvist', 'Анна Линд') };
  const site: PublicSite = {
    ...{ key: 'gallery', name: say('Quiet Leaf', 'Тихий лист'), locale },
    channels: ['chat', 'email', 'search', 'messengers'],
    ...{ color: '#2a7160', mode: 'light', policy: '' },
    launcher: {
      ...{ position: 'right', offsetX: 20, offsetY: 20, hiddenOnPhones: false, hiddenOn: '' },
      ...{ label: '', name: say('Help', 'Помощь'), icon: BUBBLE },
    },
    texts: {
      greeting: say('Hello there', 'Здравствуйте'),
      intro: say(
        'We help you choose a tea, find an order or return one.',
        'Поможем выбрать чай, найти заказ или оформить возврат.',
      ),
      chatWelcome: '',
      offline: '',
      formIntro: say('We answer by e-mail within a day.', 'Ответим на почту в течение дня.'),
      formSent: '',
      consent: '',
    },
    form: {
      subject: 'text',
      subjects: [],
      consent: '',
      fields: [
        {
          ...{ key: 'order_no', kind: 'text', required: true, label: say('Order number', 'Номер заказа') },
          hint: say('Such as QL-20418', 'Например, QL-20418'),
        },
        {
          ...{ key: 'delivery', kind: 'select', required: false, label: say('Way of delivery', 'Способ доставки') },
          options: [
            { value: 'courier', label: say('Courier', 'Курьер') },
            { value: 'post', label: say('Post', 'Почта') },
          ],
        },
        {
          ...{ key: 'about', kind: 'multiselect', required: false, label: say('What is it about', 'О чём речь') },
          options: [
            { value: 'tea', label: say('Tea', 'Чай') },
            { value: 'ware', label: say('Teaware', 'Посуда') },
          ],
        },
        {
          ...{ key: 'call_me', kind: 'checkbox', required: false },
          label: say('I would rather get a call', 'Лучше позвоните мне'),
        },
      ],
    },
    messengers: [
      { kind: 'telegram', handle: 'quietleaf', label: 'Telegram', url: 'https://t.me/quietleaf' },
      { kind: 'whatsapp', handle: '+78125550148', label: 'WhatsApp', url: 'https://wa.me/78125550148' },
      { kind: 'viber', handle: '+78125550148', label: 'Viber', url: 'viber://chat?number=%2B78125550148' },
      { kind: 'vk', handle: 'quietleaf', label: 'VK', url: 'https://vk.me/quietleaf' },
      { kind: 'phone', handle: '+78125550148', label: say('Call us', 'Позвонить'), url: 'tel:+78125550148' },
    ],
    ...{ proactive: 'bubble', rating: true, hasArticles: true, preChat: null, queue: true },
  };
  const here: Availability = {
    online: true,
    operators: [anna, { ...PETR, name: say('Peter Kim', 'Пётр Ким') }],
    backAt: null,
  };
  const head = {
    ...{ createdAt: at(90), lastEventAt: at(1), unread: 0, operator: anna, ended: false, asks: null },
    marks: { staffDelivered: 99, staffRead: 99, visitorRead: 99 },
  };
  const hit = (slug: string, title: string, snippet: string): ArticleHit => ({
    ...{ slug, title, snippet, section: '', externalId: null },
  });
  return {
    ...{ say, site, here, away: { online: false, operators: [], backAt: null } },
    session: {
      ...{ token: 'gallery', visitor: { id: idOf(21), name: null, email: null, phone: null }, visitNumber: 2 },
      ...{ visitStartedAt: at(5), now: at(0), site, availability: here, triggers: [], quiet: false },
      conversation: { id: CHAT, exists: false, unread: 0, seq: 0 },
    },
    chat: {
      ...head,
      ...{ id: CHAT, channel: 'chat', status: 'open', subject: null, reference: null, seq: 0, lastLine: null },
    },
    letter: {
      ...head,
      ...{ id: LETTER, channel: 'email', status: 'closed', seq: 2, lastEventAt: at(60 * 24 * 3), operator: null },
      ...{ subject: say('Where is my order', 'Где мой заказ'), reference: '7K2-MPX', unread: 2 },
      lastLine: {
        author: 'operator',
        name: anna.name,
        text: say('It arrived this morning.', 'Он приехал сегодня утром.'),
      },
    },
    hits: [
      hit(
        'delivery',
        say('How long does delivery take', 'Сколько идёт доставка'),
        say('A \ue000courier\ue001 comes within two days', '\ue000Курьер\ue001 приедет за два дня'),
      ),
      hit(
        'returns',
        say('Returning a parcel', 'Как вернуть заказ'),
        say('Give it to the \ue000courier\ue001', 'Отдайте \ue000курьеру\ue001'),
      ),
      hit(
        'payment',
        say('Ways to pay', 'Способы оплаты'),
        say('Card or cash to the \ue000courier\ue001', 'Картой или наличными \ue000курьеру\ue001'),
      ),
    ],
    article: article(locale, say, at(60)),
    said: (seq, mine, text, more) => ({
      ...{ id: idOf(100 + seq), conversation: CHAT, seq, at: at(40 - seq), type: 'message', text },
      author: mine ? { kind: 'visitor', id: null, name: '' } : { kind: 'operator', ...anna },
      ...more,
    }),
    status: (seq, ended) => ({
      ...{ id: idOf(100 + seq), conversation: CHAT, seq, at: at(1), type: 'status', status: 'closed', ended },
      author: { kind: 'operator', ...anna },
    }),
  };
}

const article = (locale: 'en' | 'ru', say: Answers['say'], updatedAt: string): Article => ({
  ...{ slug: 'delivery', locale, section: '', externalId: null, updatedAt, translations: {} },
  title: say('How long does delivery take', 'Сколько идёт доставка'),
  nodes: [
    {
      t: 'p',
      c: [
        say('From the day after your order. ', 'Начиная со дня после заказа. '),
        { t: 'a', u: '#article/returns', c: [say('Returns', 'Возврат')] },
        say(' take as long.', ' занимает столько же.'),
      ],
    },
    { t: 'h2', id: 'ways', c: [say('Ways and times', 'Способы и сроки')] },
    {
      t: 'table',
      c: [
        {
          t: 'thead',
          c: [
            {
              t: 'tr',
              c: [
                { t: 'th', c: [say('Way', 'Способ')] },
                { t: 'th', c: [say('Days', 'Дней')] },
              ],
            },
          ],
        },
        {
          t: 'tbody',
          c: [
            {
              t: 'tr',
              c: [
                { t: 'td', c: [say('Courier', 'Курьер')] },
                { t: 'td', c: ['1–2'] },
              ],
            },
            {
              t: 'tr',
              c: [
                { t: 'td', c: [say('Post', 'Почта')] },
                { t: 'td', c: ['5–9'] },
              ],
            },
          ],
        },
      ],
    },
    { t: 'ul', c: [1, 2].map((n) => ({ t: 'li', c: [say(`Point ${n}`, `Пункт ${n}`)] })) },
    {
      t: 'blockquote',
      c: [{ t: 'p', c: [say('Tea likes a dry, dark place.', 'Чай любит сухое тёмное место.')] }],
    },
    { t: 'pre', a: 'text', c: ['QL-20418  SPB → MOW  2 kg  courier  tracking.quietleaf.example/QL-20418'] },
    { t: 'p', c: [say('The code is ', 'Код: '), { t: 'code', c: ['QL-20418'] }, '.'] },
    {
      ...{ t: 'img', u: '/demo/assets/map.svg', w: 640, h: 360 },
      a: say('Where we deliver', 'Куда мы доставляем'),
    },
    { t: 'video', u: 'https://video.example/parcel', a: say('How we pack tea', 'Как мы упаковываем чай') },
  ],
});
