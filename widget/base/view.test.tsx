// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { Fragment, h, render } from './view.ts';

const into = () => document.createElement('div');

test('draws elements, text and lists, and leaves out null and booleans', () => {
  const box = into();
  const Name = ({ of }: { of?: string }) => h('b', null, of);
  render(
    h(
      Fragment,
      null,
      h('p', { class: 'a', hidden: false }, 'one', 2, null, true, [h('i', null), 'x']),
      h(Name as never, { of: 'n' }),
    ),
    box,
  );
  expect(box.innerHTML).toBe('<p class="a">one2<i class="fd-tag-i"></i>x</p><b class="fd-tag-b">n</b>');
});

test('keeps an element that stays, changes its attributes and takes away what is gone', () => {
  const box = into();
  render(h('p', { id: 'a', title: 't' }, 'one'), box);
  const first = box.firstChild;
  render(h('p', { id: 'b' }, 'two'), box);
  expect(box.firstChild).toBe(first);
  expect(box.innerHTML).toBe('<p class="fd-tag-p" id="b">two</p>');
  render(null, box);
  expect(box.innerHTML).toBe('');
});

test('keeps keyed elements when others come before, between and after them', () => {
  const box = into();
  const draw = (keys: string) =>
    render(
      h(
        'ul',
        null,
        [...keys].map((key) => h('li', { key }, key)),
      ),
      box,
    );
  const nodes = () => new Map([...(box.firstElementChild?.children ?? [])].map((node) => [node.textContent, node]));
  draw('abc');
  const before = nodes();
  draw('xaybzc');
  const after = nodes();
  for (const key of 'abc') expect(after.get(key)).toBe(before.get(key));
  draw('ca');
  expect(box.textContent).toBe('ca');
  expect(nodes().get('a')).toBe(before.get('a'));
});

test('two children of one key are both drawn', () => {
  const box = into();
  const draw = (names: string[]) =>
    render(
      names.map((name) => h('p', { key: 'k', class: name })),
      box,
    );
  draw(['a', 'b']);
  draw(['c', 'd']);
  expect(box.innerHTML).toBe('<p class="c"></p><p class="d"></p>');
});

test('an element does not move when something is put before it, so that it keeps the focus', () => {
  const box = into();
  document.body.append(box);
  render([h('input', { key: 'i' })], box);
  const input = box.querySelector('input');
  input?.focus();
  const inserted = vi.spyOn(box, 'insertBefore');
  render([h('p', null, 'new'), h('input', { key: 'i' })], box);
  expect(inserted).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(input);
});

test('sets value and checked as they are now, whatever was typed', () => {
  const box = into();
  const draw = (value: string, checked: boolean) =>
    render([h('input', { value }), h('input', { type: 'checkbox', checked })], box);
  draw('a', true);
  const [text, check] = [...box.querySelectorAll('input')];
  if (text) text.value = 'typed';
  if (check) check.checked = false;
  draw('a', true);
  expect(text?.value).toBe('a');
  expect(check?.checked).toBe(true);
});

test('a select takes its value though its options come in the same drawing', () => {
  const box = into();
  render(h('select', { value: 'b' }, h('option', { value: 'a' }), h('option', { value: 'b' })), box);
  expect(box.querySelector('select')?.value).toBe('b');
});

test('listeners are replaced, not added', () => {
  const box = into();
  const [first, second] = [vi.fn(), vi.fn()];
  render(h('button', { onClick: first }), box);
  render(h('button', { onClick: second }), box);
  box.querySelector('button')?.click();
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledTimes(1);
});

test('an svg and what is in it are of its namespace, what follows is not', () => {
  const box = into();
  render([h('svg', { viewBox: '0 0 1 1' }, h('path', { d: 'M0 0' })), h('p', null)], box);
  expect(box.querySelector('path')?.namespaceURI).toContain('svg');
  expect(box.querySelector('p')?.namespaceURI).not.toContain('svg');
});

test('aria and data attributes say false, others go', () => {
  const box = into();
  render(h('p', { 'aria-busy': false, 'data-x': true, readOnly: true, disabled: false }), box);
  expect(box.innerHTML).toBe('<p class="fd-tag-p" aria-busy="false" data-x="true" readonly=""></p>');
});

test('a node that is the very one of last time is left alone with all that is in it, wherever it stands now', () => {
  const box = into();
  const kept = 'abc'.split('').map((key) => h('li', { key, title: key }, h('b', null, key)));
  const added = (key: string) => h('li', { key }, key);
  render(h('ul', null, kept, added('d')), box);
  const before = [...box.querySelectorAll('li')];
  // Whatever was changed by hand would be put right by drawing again.
  for (const { firstElementChild } of before) if (firstElementChild) firstElementChild.textContent = 'untouched';
  render(h('ul', null, added('x'), kept, added('y')), box);
  expect([...box.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual([
    'x',
    'untouched',
    'untouched',
    'untouched',
    'y',
  ]);
  expect([...box.querySelectorAll('li')].slice(1, 4)).toEqual(before.slice(0, 3));
  render(h('ul', null, kept[2], kept[0]), box);
  expect([...box.querySelectorAll('li')]).toEqual([before[2], before[0]]);
});

test('kept nodes are drawn anew where what they stood in is gone', () => {
  const box = into();
  const kept = h('p', { class: 'a' }, 'text');
  render(h('div', { key: 1 }, kept), box);
  render(h('div', { key: 2 }, kept), box);
  expect(box.innerHTML).toBe('<div class="fd-tag-div"><p class="a">text</p></div>');
  render(null, box);
  render(h('div', { key: 2 }, kept), box);
  expect(box.innerHTML).toBe('<div class="fd-tag-div"><p class="a">text</p></div>');
});

test('where the first nodes stay as they are, only what comes after them is looked at', () => {
  const box = into();
  const kept = Array.from({ length: 50 }, (_, key) => h('li', { key }, `${key}`));
  render(kept, box);
  const inserted = vi.spyOn(box, 'insertBefore');
  render([...kept, h('li', { key: 'new' }, 'new')], box);
  expect(inserted).toHaveBeenCalledTimes(1);
  expect(box.lastElementChild?.textContent).toBe('new');
});
