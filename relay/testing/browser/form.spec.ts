import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { formWords } from '../../../widget/form-more/words.ts';
import type { FormField, SiteSettings } from '../../protocol/site-settings.ts';
import { DESKTOP, expect, PHONE, test, watchViolations } from './fixtures.ts';
import { hold } from './hold.ts';

const both = (en: string, ru: string) => ({ en, ru });
const options = [
  { value: 'red', label: both('Red', 'Красный') },
  { value: 'blue', label: both('Blue', 'Синий') },
];
/** Every kind there is. */
const FIELDS: FormField[] = [
  { key: 'city', kind: 'text', label: both('City', 'Город'), required: true },
  { key: 'story', kind: 'longtext', label: both('Story', 'История'), required: false },
  { key: 'pieces', kind: 'number', label: both('Pieces', 'Штук'), required: true },
  { key: 'bought', kind: 'date', label: both('Bought on', 'Дата покупки'), required: true },
  { key: 'phone', kind: 'phone', label: both('Phone', 'Телефон'), required: false },
  { key: 'shade', kind: 'select', label: both('Shade', 'Оттенок'), required: true, options },
  { key: 'shades', kind: 'multiselect', label: both('Other shades', 'Другие оттенки'), required: true, options },
  {
    ...{ key: 'gift', kind: 'checkbox', required: true, label: both('It is a gift', 'Это подарок') },
    hint: both('We leave out the bill.', 'Тогда не вложим чек.'),
  },
  { key: 'order_no', kind: 'text', label: both('Order', 'Заказ'), required: true },
  { key: 'campaign', kind: 'text', label: both('Campaign', 'Кампания'), required: false },
];
const CONSENT = both(
  'I have read [the policy](https://shop.example/policy) and agree.',
  'Прочитал [политику](https://shop.example/policy) и согласен.',
);

type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;
const settingsOf = async (api: Api) => ((await api('GET', 'sites/demo')) as { settings: SiteSettings }).settings;

const call = (page: Page, ...args: unknown[]) =>
  page.evaluate((all) => (globalThis as unknown as { Frontdesk(...all: unknown[]): unknown }).Frontdesk(...all), args);

/** The text that describes a control. */
const described = (page: Page, id: string) =>
  page.locator(`#${id}`).evaluate((node) => {
    const owner = node.closest('[aria-describedby]');
    const root = node.getRootNode() as ShadowRoot;
    return root.getElementById(owner?.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
  });

test.describe.configure({ mode: 'serial' });
let before: SiteSettings;
test.beforeEach(async ({ api }) => {
  before = await settingsOf(api);
  const form = { subject: 'text', subjects: [], fields: FIELDS, consent: { on: true, text: CONSENT } };
  await api('PATCH', 'sites/demo', { settings: { ...before, form } });
});
test.afterEach(async ({ api }) => {
  await api('PATCH', 'sites/demo', { settings: before });
});

for (const [locale, name, device] of [
  ['en', 'desktop', DESKTOP],
  ['ru', 'phone', PHONE],
] as const)
  test(`[E3–E5, E8] a form of every kind of field, with its errors, files and consent (${locale}, ${name})`, async ({
    visitor,
    operator,
  }) => {
    const words = formWords[locale];
    const query = '?frontdesk-prefill-email=ann%40example.com&frontdesk-prefill-shades=red&frontdesk-prefill-gift=true';
    const shop = await visitor({ locale, device, path: query });
    const { page } = shop;
    const violations = watchViolations(page);
    const shot = async (what: string) => {
      if (!process.env.SHOTS) return;
      await page.screenshot({ path: `${process.env.SHOTS}/form-${what}-${locale}-${name}.png` });
    };
    const prefill = () =>
      call(page, 'prefill', {
        fields: { campaign: { value: 'spring', hidden: true }, order_no: { value: 'QL-1', readOnly: true } },
      });
    await prefill();
    await shop.channel('email');
    const form = page.locator('.fd-form');
    const field = (key: string) => page.locator(`#fd-${key}`);
    const submit = form.getByRole('button', { name: shop.words.send });

    // From the address; what is hidden is not there, what is locked cannot be changed.
    await expect(field('email')).toHaveValue('ann@example.com');
    await expect(field('shades')).toBeChecked();
    await expect(field('gift')).toBeChecked();
    await expect(field('campaign')).toHaveCount(0);
    await expect(field('order_no')).toHaveValue('QL-1');
    await expect(field('order_no')).toHaveAttribute('readonly');
    await expect(form.getByText(words.limits)).toBeVisible();
    await shot('empty');

    // Faults beside the fields, one sentence for all of them, the focus on the first.
    await field('email').fill('ann');
    await field('pieces').fill('many');
    await submit.click();
    await expect(form.getByRole('alert')).toHaveText(
      locale === 'en' ? '7 fields need attention' : '7 полей требуют внимания',
    );
    await expect(field('email')).toBeFocused();
    expect(await described(page, 'fd-email')).toBe(shop.more.badEmail);
    expect(await described(page, 'fd-pieces')).toBe(shop.more.badNumber);
    expect(await described(page, 'fd-city')).toBe(shop.more.required);
    await field('gift').uncheck();
    await field('shades').uncheck();
    await submit.click();
    expect(await described(page, 'fd-gift')).toContain(locale === 'en' ? 'We leave out' : 'не вложим');
    expect(await described(page, 'fd-gift')).toContain(shop.more.required);
    expect(await described(page, 'fd-shades')).toContain(shop.more.required);
    await expect(field('shades')).not.toBeFocused();
    await expect(field('Consent')).toHaveAttribute('aria-invalid', 'true');
    const { violations: findings } = await new AxeBuilder({ page }).analyze();
    expect(findings.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await shot('errors');

    // Mended, with files chosen and pasted, one of them broken.
    await field('email').fill('ann@example.com');
    await field('city').fill(`Leiden ${locale}`);
    await field('pieces').fill('2');
    await field('bought').fill('2026-11-20');
    await field('shade').selectOption('blue');
    await field('shades').check();
    await field('gift').check();
    await field('message').fill(`Every kind ${locale} ${name}`);
    await expect(form.locator('.fd-field-bad')).toHaveCount(1);
    const link = form.getByRole('link');
    await expect(link).toHaveAttribute('href', 'https://shop.example/policy');
    await expect(link).toHaveAttribute('rel', /noopener/);
    await field('Consent').check();
    const chooser = page.waitForEvent('filechooser');
    await form.locator('.fd-form-attach').click();
    await (await chooser).setFiles([
      { name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('bill') },
      { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
    ]);
    await expect(form.locator('.fd-upload-failed')).toHaveCount(1);
    await field('message').evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['lid'], 'lid.txt', { type: 'text/plain' }));
      element.dispatchEvent(
        new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData }),
      );
    });
    await expect(form.locator('.fd-upload-ready')).toHaveCount(2);
    await submit.click();
    await expect(form.getByRole('alert').last()).toHaveText(words.broken);
    await shot('files');
    await form.locator('.fd-upload-failed .fd-tool').click();

    // Files and draft outlive the page.
    await page.reload();
    await prefill();
    await shop.channel('email');
    await expect(form.locator('.fd-upload-ready')).toHaveCount(2);
    await expect(field('city')).toHaveValue(`Leiden ${locale}`);
    await submit.click();
    const reference = await page.locator('.fd-reference b').innerText();
    await shot('sent');

    const desk = await operator({ locale });
    await desk.view('unassigned');
    await desk.openRow(`Every kind ${locale} ${name}`);
    for (const text of [reference, 'bill.txt', 'lid.txt', `Leiden ${locale}`, '✓'])
      await expect(desk.log).toContainText(text);
    await expect(desk.log).toContainText(locale === 'en' ? 'the policy (https://shop.example/policy)' : 'политику (');
    // And the answer stands under the same number in the visitor's history.
    await desk.say(`Answered ${locale}`);
    await shop.home();
    await page.locator('.fd-channel-history').click();
    await page.locator('.fd-history').getByText(reference).click();
    await expect(page.locator('.fd-message').filter({ hasText: `Answered ${locale}` })).toBeVisible();
    expect(violations).toEqual([]);
  });

test('[E10] what was typed last is there again when the page is left that very moment', async ({ visitor }) => {
  const shop = await visitor();
  await shop.channel('email');
  const message = shop.page.locator('#fd-message');
  for (const text of ['Half a', 'Half a sentence, and th']) {
    await message.fill(text);
    await shop.page.reload();
    await shop.channel('email');
    await expect(message).toHaveValue(text);
  }
});

test('[E4] what is wrong has the focus at once: what loads later pulls nobody out of a field, and sends nothing', async ({
  visitor,
  api,
}) => {
  await api('PATCH', 'sites/demo', { settings: { ...before, form: { subject: 'text', fields: [] } } });
  const shop = await visitor({ device: DESKTOP });
  const { page, words } = shop;
  const load = await hold(page, '**/form-more-*.js');
  await shop.channel('email');
  const send = page.locator('.fd-form').getByRole('button', { name: words.send });
  await send.click();
  await expect(page.locator('#fd-email')).toBeFocused();
  await page.locator('#fd-email').fill('ann@example.com');
  await page.locator('#fd-subject').fill('A lid');
  await page.locator('#fd-message').fill('It does not close');
  load();
  await expect(page.locator('.fd-form-attach')).toBeVisible();
  await expect(page.locator('#fd-message')).toBeFocused();
  await send.click();
  await expect(page.locator('.fd-reference')).toBeVisible();
  await expect(page.locator('.fd-sent')).toHaveCount(1);
});

test('[E4] the link that opens the form fills it', async ({ visitor }) => {
  const shop = await visitor();
  await shop.page.evaluate(() => {
    const link = document.createElement('button');
    link.textContent = 'Ask';
    link.dataset.frontdeskOpen = 'email';
    link.dataset.frontdeskPrefillOrderNo = 'QL-77';
    link.dataset.frontdeskPrefillMessage = 'Where is it?';
    document.body.append(link);
  });
  await expect(shop.launcher).toBeVisible();
  await shop.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(shop.page.locator('#fd-order_no')).toHaveValue('QL-77');
  await expect(shop.page.locator('#fd-message')).toHaveValue('Where is it?');
});

test('[E9] who is quicker than a person has to prove work, and sees nothing of it', async ({ visitor, api }) => {
  await api('PATCH', 'sites/demo', { settings: { ...before, form: {} } });
  const shop = await visitor();
  const violations = watchViolations(shop.page);
  const puzzles: string[] = [];
  shop.page.on('request', (request) => {
    if (request.url().includes('/puzzle-')) puzzles.push(request.url());
  });
  await call(shop.page, 'prefill', { email: 'bot@example.com', message: 'Buy pills' });
  await shop.channel('email');
  await shop.page.locator('.fd-form-trap input').evaluate((input: HTMLInputElement) => {
    input.value = 'http://pills.example';
  });
  await shop.page.locator('.fd-form').getByRole('button', { name: shop.words.send }).click();
  await expect(shop.page.locator('.fd-reference b')).toHaveText(/^\w{4}-\w{4}$/);
  expect(puzzles).toHaveLength(1);
  expect(violations).toEqual([]);
});
