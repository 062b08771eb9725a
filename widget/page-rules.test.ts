import { expect, test } from 'vitest';
import { absoluteUrls, ownSelectors, type Rule, takeRules } from './page-rules.ts';

const style = (selectorText: string, css: string, ...cssRules: Rule[]): Rule => ({
  selectorText,
  style: { cssText: css },
  cssRules,
  cssText: `${selectorText} { ${css} }`,
});

test.each([
  ['.fd-launcher', '.fd-launcher'],
  ['button, .fd-launcher', '.fd-launcher'],
  ['.a:is(.b, .c) .fd-window, .d', '.a:is(.b, .c) .fd-window'],
  ['[title="a,b"] .fd-chat, p', '[title="a,b"] .fd-chat'],
  [':root.dark .fd-window', '.fd-root.dark .fd-window'],
  ['frontdesk-widget.fd', 'frontdesk-widget.fd'],
  ['.fdx, .afd-b, p', ''],
])('of %s it takes «%s»', (list, own) => {
  expect(ownSelectors(list).trim()).toBe(own);
});

test('rules that name no class of ours stay outside', () => {
  expect(takeRules([style('body', 'color: red'), style('button', 'all: unset')], 'https://a.example/')).toBe('');
});

test('conditions, layers and nesting stay around what is taken', () => {
  const media: Rule = {
    cssText: '@media print { … }',
    media: { mediaText: 'print' },
    cssRules: [style('.fd-window', 'width: 1px;'), style('p', 'color: red;')],
  };
  const layer: Rule = { cssText: '@layer theme { … }', cssRules: [style('.fd-chat', 'top: 0;')] };
  const nested = style('.signed-in', 'color: red;', style('& .fd-launcher', 'display: none;'));
  expect(takeRules([media, layer, nested], 'https://a.example/')).toBe(
    '@media print{.fd-window{width: 1px;;}}@layer theme {.fd-chat{top: 0;;}}.signed-in{& .fd-launcher{display: none;;}}',
  );
});

test('the order of layers is taken along', () => {
  expect(takeRules([{ cssText: '@layer late, theme;' }], 'https://a.example/')).toBe('@layer late, theme;');
});

test('imported sheets are followed, their media kept and addresses made absolute by their own place', () => {
  const imported: Rule = {
    cssText: '@import "b.css" screen;',
    media: { mediaText: 'screen' },
    styleSheet: { href: 'https://cdn.example/css/b.css', cssRules: [style('.fd-header', 'background: url("i.png");')] },
  };
  expect(takeRules([imported], 'https://a.example/')).toBe(
    '@media screen{.fd-header{background: url("https://cdn.example/css/i.png");;}}',
  );
});

test('a sheet that may not be read is passed over', () => {
  const foreign: Rule = {
    get cssRules(): Rule[] {
      throw new Error('SecurityError');
    },
  };
  expect(takeRules([foreign, style('.fd-home', 'gap: 0;')], 'https://a.example/')).toBe('.fd-home{gap: 0;;}');
});

test('a disabled sheet says nothing', () => {
  expect(takeRules([{ disabled: true, cssRules: [style('.fd-home', 'gap: 0;')] }], 'https://a.example/')).toBe('');
});

test('absolute addresses and data stay', () => {
  const css = 'a: url("https://b.example/x.png"); b: url("data:image/png;base64,AA==")';
  expect(absoluteUrls(css, 'https://a.example/')).toBe(css);
});
