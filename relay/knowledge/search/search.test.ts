import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../markdown/read.ts';
import { tokenise } from './analysis.ts';
import { articleText } from './article-text.ts';
import { buildIndex, type Searchable } from './build.ts';
import { slips } from './distance.ts';
import { otherLayout } from './keyboard-layout.ts';
import { cutPassage, HIT_ENDS, HIT_STARTS } from './passage.ts';
import { searchIndex } from './query.ts';

const article = (key: string, title: string, markdown: string): Searchable => ({
  key,
  title,
  section: '',
  text: articleText(renderMarkdown(markdown, { link: (path) => `#article/${path}`, image: () => null })),
});

const articles = [
  article('delivery', 'Доставка', 'Курьер привезёт заказ за один день. Ещё есть пункты выдачи и постаматы.'),
  article('payment', 'Оплата картой', 'Мы принимаем карты и СБП. Деньги вернутся, если заказ отменён.'),
  article('returns', 'Возврат чая', 'Запечатанную пачку можно вернуть за 14 дней. Подробнее о [доставке](delivery).'),
  article(
    'brewing',
    'Как заварить улун',
    'Вода 90 градусов.\n\n## Сколько раз проливать\n\nДо семи раз.\n\n```sh\nset mcs_owner\n```',
  ),
  article('api', 'Wholesale API', 'Call `order_create` with a token. Deploy it to k8s. Running orders are listed.'),
];
const find = async (query: string): Promise<string[]> => {
  const index = await buildIndex(articles);
  return searchIndex(index, query, 10).map(({ key }) => key);
};

describe('search', () => {
  it('finds Russian and English words in any form, and «е» for «ё»', async () => {
    expect((await find('возвраты'))[0]).toBe('returns');
    expect((await find('привезет'))[0]).toBe('delivery');
    expect((await find('order runs'))[0]).toBe('api');
  });

  it('finds words that look like code', async () => {
    expect((await find('k8s'))[0]).toBe('api');
    expect((await find('mcs_owner'))[0]).toBe('brewing');
    expect((await find('owner'))[0]).toBe('brewing');
    expect((await find('order_create'))[0]).toBe('api');
  });

  it('takes the last word as unfinished, the others not', async () => {
    expect((await find('пункты выд'))[0]).toBe('delivery');
    expect(await find('зав')).toEqual(['brewing']);
    expect(await find('зав ')).toEqual([]);
  });

  it('forgives slips of the finger only where a word has no other hit', async () => {
    expect((await find('доствака'))[0]).toBe('delivery');
    expect((await find('wholesael api'))[0]).toBe('api');
    expect(await find('улан')).toEqual(['brewing']);
    expect(await find('чак ')).toEqual([]);
  });

  it('understands the other keyboard layout', async () => {
    expect(otherLayout('ghbdtn')).toBe('привет');
    expect(otherLayout('цщкдв')).toBe('world');
    expect((await find('ljcnfdrf'))[0]).toBe('delivery');
    expect((await find('црщдуыфду'))[0]).toBe('api');
  });

  it('finds nothing for nothing, for little words beside unknown ones, and for noise', async () => {
    for (const query of ['', '   ', '!!!', 'как xyzzyplugh', '\u0000', '%', '\ud800'])
      expect(await find(query)).toEqual([]);
  });

  it('holds the words of a link to a neighbour against the neighbour, not against the article', async () => {
    expect((await find('доставка'))[0]).toBe('delivery');
  });

  it('puts the article that has the words side by side first', async () => {
    expect((await find('сколько раз проливать'))[0]).toBe('brewing');
  });

  it('shows the best passage with the hits marked, and no foreign marks', async () => {
    const text = `${'Вода. '.repeat(80)}Заварить \ue000улун\ue001 можно семь раз.`;
    const index = await buildIndex([article('a', 'Чай', text)]);
    const [hit] = searchIndex(index, 'заварить улун', 10);
    const snippet = cutPassage(articleText(renderMarkdown(text)).text, hit?.passage ?? null);
    expect(snippet).toContain(`${HIT_STARTS}Заварить${HIT_ENDS} ${HIT_STARTS}улун${HIT_ENDS} можно семь раз.`);
    expect(snippet.length).toBeLessThan(260);
  });

  it('counts slips: added, left out, changed, swapped', () => {
    expect(slips('чай', 'чай', 2)).toBe(0);
    expect(slips('доставка', 'доствака', 2)).toBe(1);
    expect(slips('улун', 'улан', 1)).toBe(1);
    expect(slips('abcd', 'wxyz', 2)).toBe(3);
  });

  it('gives a word with underscores and its parts the same place', () => {
    expect(tokenise('a mcs_owner').map(({ word, start }) => [word, start])).toEqual([
      ['a', 0],
      ['mcs_owner', 2],
      ['mcs', 2],
      ['owner', 2],
    ]);
  });
});
