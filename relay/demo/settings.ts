import type { SiteSettingsInput, TriggerInput } from '../protocol/site-settings.ts';

/** How the demo shop has set up its widget: every channel, a form with fields of each kind that a shop would ask for. */
export const DEMO_SETTINGS: SiteSettingsInput = {
  channels: ['chat', 'email', 'search', 'messengers'],
  color: '#2a7160',
  mode: 'light',
  launcher: { position: 'right', icon: 'chat', label: { ru: 'Помощь', en: 'Help' } },
  locale: 'page',
  texts: {
    title: { ru: 'Тихий лист', en: 'Quiet Leaf' },
    greeting: { ru: 'Здравствуйте', en: 'Hello there' },
    intro: {
      ru: 'Поможем выбрать чай, найти заказ или оформить возврат.',
      en: 'We help you choose a tea, find an order or return one.',
    },
    chatWelcome: {
      ru: 'Напишите, что ищете или что случилось. Ответит живой человек.',
      en: 'Tell us what you look for or what went wrong. A person will answer.',
    },
    offline: {
      ru: 'Сейчас никого нет на связи. Оставьте сообщение, ответим здесь и на почту, обычно утром.',
      en: 'Nobody is here right now. Leave a message: we answer here and by e-mail, usually in the morning.',
    },
    formIntro: { ru: 'Ответим на почту в течение дня.', en: 'We answer by e-mail within a day.' },
    formSent: { ru: 'Письмо у нас. Скоро ответим.', en: 'We have your letter and will answer soon.' },
  },
  form: {
    subject: 'select',
    subjects: [
      { ru: 'Где мой заказ', en: 'Where is my order' },
      { ru: 'Возврат или обмен', en: 'Return or exchange' },
      { ru: 'Вопрос о товаре', en: 'A question about a product' },
      { ru: 'Опт', en: 'Wholesale' },
      { ru: 'Другое', en: 'Something else' },
    ],
    fields: [
      {
        key: 'order_no',
        kind: 'text',
        label: { ru: 'Номер заказа', en: 'Order number' },
        hint: {
          ru: 'Например, QL-20418. Он есть в письме о заказе.',
          en: 'Such as QL-20418; it is in the letter about your order.',
        },
      },
      {
        key: 'delivery',
        kind: 'select',
        label: { ru: 'Способ доставки', en: 'Way of delivery' },
        options: [
          { value: 'courier', label: { ru: 'Курьер', en: 'Courier' } },
          { value: 'point', label: { ru: 'Пункт выдачи или постамат', en: 'Pick-up point or locker' } },
          { value: 'post', label: { ru: 'Почта', en: 'Post' } },
          { value: 'shop', label: { ru: 'Самовывоз', en: 'In the shop' } },
        ],
      },
      { key: 'call_me', kind: 'checkbox', label: { ru: 'Лучше позвоните мне', en: 'I would rather get a call' } },
    ],
  },
  messengers: [
    { kind: 'telegram', handle: 'quietleaf_demo' },
    { kind: 'whatsapp', handle: '+7 812 555-01-48' },
    { kind: 'vk', handle: 'quietleaf_demo' },
    { kind: 'phone', handle: '+7 812 555-01-48', label: { ru: 'Позвонить', en: 'Call us' } },
    { kind: 'url', handle: 'mailto:hello@quietleaf.example', label: { ru: 'Почта', en: 'E-mail' } },
  ],
  proactive: 'bubble',
};

/** The invitation of the delivery page. */
export const DEMO_TRIGGER: TriggerInput = {
  name: 'Доставка: предложить помощь',
  enabled: true,
  conditions: [
    { type: 'page', match: 'contains', value: '/delivery' },
    { type: 'time-on-page', seconds: 15 },
  ],
  text: {
    ru: 'Подсказать, каким способом выйдет быстрее или дешевле? Назовите город, посчитаю.',
    en: 'Shall I tell you which way is quicker or cheaper for you? Just name your town.',
  },
  show: 'bubble',
  position: 0,
};
