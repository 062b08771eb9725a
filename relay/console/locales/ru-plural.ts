const rules = new Intl.PluralRules('ru');
/** Число с существительным: 1 страница, 2 страницы, 5 страниц. */
export const plural = (n: number, one: string, few: string, many: string) => {
  const form = rules.select(n);
  return `${n} ${form === 'one' ? one : form === 'few' ? few : many}`;
};
