import type { LocaleCode } from '../protocol/site-settings.ts';

/** Something in both languages of the shop. */
export type Both<T = string> = Readonly<Record<LocaleCode, T>>;

/** A thing the shop sells. */
export interface Product {
  slug: string;
  kind: 'tea' | 'ware';
  name: Both;
  note: Both;
  text: Both;
  /** What one gets for the price. */
  unit: Both;
  /** Whole roubles, and euro cents. */
  price: { ru: number; en: number };
  facts: Both<readonly (readonly [string, string])[]>;
}

/** The catalogue, in its order on the first page. */
export const PRODUCTS: readonly Product[] = [
  {
    slug: 'oolong-cloud',
    kind: 'tea',
    name: { ru: 'Улун «Облако»', en: 'Oolong “Cloud”' },
    note: { ru: 'Сирень, сливки, долгое послевкусие', en: 'Lilac, cream, a long finish' },
    text: {
      ru: 'Светлый улун с гор Аньси. Лист скручен вручную, поэтому раскрывается медленно: каждый пролив немного другой. Начните с пяти граммов и воды чуть ниже кипения.',
      en: 'A light oolong from the hills of Anxi. The leaf is rolled by hand and opens slowly, so every steep is a little different. Begin with five grams and water just off the boil.',
    },
    unit: { ru: '100 г', en: '100 g' },
    price: { ru: 890, en: 990 },
    facts: {
      ru: [
        ['Вода', '85–90 °C'],
        ['Сбор', 'апрель 2026'],
        ['Кофеин', 'средний'],
      ],
      en: [
        ['Water', '85–90 °C'],
        ['Harvest', 'April 2026'],
        ['Caffeine', 'medium'],
      ],
    },
  },
  {
    slug: 'da-hong-pao',
    kind: 'tea',
    name: { ru: 'Да Хун Пао', en: 'Da Hong Pao' },
    note: { ru: 'Какао, тёплый камень, сухофрукты', en: 'Cocoa, warm stone, dried fruit' },
    text: {
      ru: 'Утёсный улун среднего прогрева. Густой, согревающий, с минеральной ноткой, за которую его и любят. Хорош в дождь и за долгим разговором.',
      en: 'A rock oolong of medium roast. Dense and warming, with the mineral note it is loved for. Made for rainy days and long talks.',
    },
    unit: { ru: '100 г', en: '100 g' },
    price: { ru: 1190, en: 1290 },
    facts: {
      ru: [
        ['Вода', '95 °C'],
        ['Прогрев', 'средний'],
        ['Кофеин', 'средний'],
      ],
      en: [
        ['Water', '95 °C'],
        ['Roast', 'medium'],
        ['Caffeine', 'medium'],
      ],
    },
  },
  {
    slug: 'first-flush-sencha',
    kind: 'tea',
    name: { ru: 'Сенча первого сбора', en: 'First-flush sencha' },
    note: { ru: 'Молодая зелень, лёгкая сладость', en: 'Young greens, a light sweetness' },
    text: {
      ru: 'Весенняя сенча из Сидзуоки. Не любит кипятка: остудите воду до семидесяти градусов, и чай ответит сладостью вместо горечи.',
      en: 'Spring sencha from Shizuoka. It dislikes boiling water: let it cool to seventy degrees and you get sweetness instead of bitterness.',
    },
    unit: { ru: '50 г', en: '50 g' },
    price: { ru: 740, en: 820 },
    facts: {
      ru: [
        ['Вода', '70–80 °C'],
        ['Сбор', 'май 2026'],
        ['Кофеин', 'ниже среднего'],
      ],
      en: [
        ['Water', '70–80 °C'],
        ['Harvest', 'May 2026'],
        ['Caffeine', 'rather low'],
      ],
    },
  },
  {
    slug: 'ivan-chai',
    kind: 'tea',
    name: { ru: 'Иван-чай «Белая ночь»', en: 'Fireweed “White Night”' },
    note: { ru: 'Мёд, яблоко, без кофеина', en: 'Honey, apple, no caffeine' },
    text: {
      ru: 'Ферментированный иван-чай из Вологодской области. Настаивайте подольше: горчить он не умеет. Подходит для вечера и для детей.',
      en: 'Fermented fireweed from the Russian north. Steep it as long as you like, it cannot turn bitter. Good for evenings and for children.',
    },
    unit: { ru: '75 г', en: '75 g' },
    price: { ru: 390, en: 450 },
    facts: {
      ru: [
        ['Вода', '95 °C'],
        ['Сбор', 'июль 2026'],
        ['Кофеин', 'нет'],
      ],
      en: [
        ['Water', '95 °C'],
        ['Harvest', 'July 2026'],
        ['Caffeine', 'none'],
      ],
    },
  },
  {
    slug: 'old-garden-puer',
    kind: 'tea',
    name: { ru: 'Шу пуэр «Старый сад»', en: 'Pu-erh “Old Garden”' },
    note: { ru: 'Кора, чернослив, бархат', en: 'Bark, prunes, velvet' },
    text: {
      ru: 'Блин урожая 2019 года, хранился в Куньмине. Тёмный, мягкий, без лишней земли. Выдерживает до восьми проливов.',
      en: 'A 2019 cake, stored in Kunming. Dark and soft, without too much earth. Takes up to eight steeps.',
    },
    unit: { ru: 'блин, 357 г', en: 'cake, 357 g' },
    price: { ru: 2450, en: 2690 },
    facts: {
      ru: [
        ['Вода', '100 °C'],
        ['Урожай', '2019'],
        ['Кофеин', 'выше среднего'],
      ],
      en: [
        ['Water', '100 °C'],
        ['Vintage', '2019'],
        ['Caffeine', 'rather high'],
      ],
    },
  },
  {
    slug: 'darjeeling',
    kind: 'tea',
    name: { ru: 'Дарджилинг «Утро»', en: 'Darjeeling “Morning”' },
    note: { ru: 'Мускат, свежее сено, бодрость', en: 'Muscat, fresh hay, a good start' },
    text: {
      ru: 'Красный чай второго сбора с плантации на высоте 1 800 метров. Лёгкий, звонкий, не нуждается ни в сахаре, ни в молоке.',
      en: 'A second-flush black tea grown at 1,800 metres. Light and bright; it needs neither sugar nor milk.',
    },
    unit: { ru: '100 г', en: '100 g' },
    price: { ru: 820, en: 890 },
    facts: {
      ru: [
        ['Вода', '95 °C'],
        ['Сбор', 'июнь 2026'],
        ['Кофеин', 'выше среднего'],
      ],
      en: [
        ['Water', '95 °C'],
        ['Harvest', 'June 2026'],
        ['Caffeine', 'rather high'],
      ],
    },
  },
  {
    slug: 'gaiwan',
    kind: 'ware',
    name: { ru: 'Гайвань с каймой', en: 'Gaiwan with a rim' },
    note: { ru: 'Тонкий фарфор, 120 мл', en: 'Thin porcelain, 120 ml' },
    text: {
      ru: 'Классическая гайвань для проливов: чаша, крышка и блюдце. Отогнутый край остаётся прохладным, пальцы не обожжёте.',
      en: 'A classic gaiwan: bowl, lid and saucer. The turned-out rim stays cool, so your fingers are safe.',
    },
    unit: { ru: '1 шт.', en: 'each' },
    price: { ru: 1650, en: 1890 },
    facts: {
      ru: [
        ['Объём', '120 мл'],
        ['Материал', 'фарфор'],
        ['Посудомойка', 'можно'],
      ],
      en: [
        ['Volume', '120 ml'],
        ['Material', 'porcelain'],
        ['Dishwasher', 'yes'],
      ],
    },
  },
  {
    slug: 'glass-teapot',
    kind: 'ware',
    name: { ru: 'Чайник «Капля»', en: 'Teapot “Drop”' },
    note: { ru: 'Жаропрочное стекло, 600 мл', en: 'Heat-proof glass, 600 ml' },
    text: {
      ru: 'Видно, как раскрывается лист. Ситечко в носике, бамбуковая крышка, удобная ручка. Хватит на троих.',
      en: 'Watch the leaf unfold. A strainer in the spout, a bamboo lid, a handle that fits. Enough for three.',
    },
    unit: { ru: '1 шт.', en: 'each' },
    price: { ru: 2190, en: 2390 },
    facts: {
      ru: [
        ['Объём', '600 мл'],
        ['Материал', 'стекло'],
        ['Посудомойка', 'только руками'],
      ],
      en: [
        ['Volume', '600 ml'],
        ['Material', 'glass'],
        ['Dishwasher', 'by hand only'],
      ],
    },
  },
  {
    slug: 'starter-set',
    kind: 'ware',
    name: { ru: 'Набор «Знакомство»', en: 'Set “First Steps”' },
    note: { ru: 'Три чая по 30 г в подарочной коробке', en: 'Three teas, 30 g each, in a gift box' },
    text: {
      ru: 'Сенча, улун и дарджилинг: три характера в одной коробке. Внутри карточки с подсказками, как заваривать каждый.',
      en: 'Sencha, oolong and Darjeeling: three characters in a box, with cards that tell how to brew each.',
    },
    unit: { ru: '3 × 30 г', en: '3 × 30 g' },
    price: { ru: 1290, en: 1390 },
    facts: {
      ru: [
        ['Внутри', '3 чая, 3 карточки'],
        ['Упаковка', 'крафт и лента'],
        ['Открытка', 'бесплатно'],
      ],
      en: [
        ['Inside', '3 teas, 3 cards'],
        ['Wrapping', 'kraft and ribbon'],
        ['Postcard', 'free'],
      ],
    },
  },
];

/** A price as the language writes it. */
export function priceText(price: Product['price'], locale: LocaleCode): string {
  return locale === 'ru'
    ? new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB', maximumFractionDigits: 0 }).format(price.ru)
    : new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' }).format(price.en / 100);
}
