import { expect, test } from 'vitest';
import { helpedShare, type ListedArticle, ordered } from './article-counts.ts';

const article = (slug: string, views: number, helped: number, notHelped: number): ListedArticle => ({
  ...{ slug, locale: 'en', title: slug, section: '', status: 'published', updatedAt: '' },
  counts: { views, helped, notHelped, comments: 0 },
});
const all = [article('a', 1, 0, 2), article('b', 5, 3, 0), article('c', 5, 1, 2)];

test.each([
  ['site', 'a b c'],
  ['views', 'b c a'],
  ['helped', 'b c a'],
  ['not-helped', 'a c b'],
] as const)('in the order %s: %s', (order, expected) => {
  expect(
    ordered(all, order)
      .map(({ slug }) => slug)
      .join(' '),
  ).toBe(expected);
});

test('a share is of those who said something', () => {
  expect(all.map(({ counts }) => helpedShare(counts))).toEqual([0, 1, 1 / 3]);
  expect(helpedShare({ views: 9, helped: 0, notHelped: 0 })).toBeNull();
});
