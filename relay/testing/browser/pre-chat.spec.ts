import { PRE_CHAT_WORDS } from '../../../widget/pre-chat/words.ts';
import { QUEUE_WORDS } from '../../../widget/queue/words.ts';
import type { ConversationSummary } from '../../protocol/entities.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import type { Desk } from './desk.ts';
import { expect, PHONE, test, watchViolations } from './fixtures.ts';
import { frontdesk, type Shop, shopOn } from './shop.ts';

const words = PRE_CHAT_WORDS.en;
const FIELDS: SiteSettings['preChat']['fields'] = [
  { key: 'order_no', kind: 'text', label: { en: 'Order number', ru: 'Номер заказа' }, required: true },
  { key: 'campaign', kind: 'text', label: { en: 'Campaign' }, required: false },
];
const CONSENT = { on: true, text: { en: 'I agree to [the policy](https://shop.example/policy)', ru: 'Согласен' } };

test.describe.configure({ mode: 'serial' });
let before: SiteSettings;
type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;
const set = (api: Api, change: object) => api('PATCH', 'sites/demo', { settings: { ...before, ...change } });
test.beforeEach(async ({ api }) => {
  before = ((await api('GET', 'sites/demo')) as { settings: SiteSettings }).settings;
});
test.afterEach(async ({ api }) => {
  await set(api, {});
});

const answerAndClose = async (desk: Desk) => {
  await desk.say('It is');
  await expect(desk.page.getByText(desk.words.conversation.withYou).first()).toBeVisible();
  await desk.closeConversation();
};
const asked = (shop: Shop) => shop.page.locator('.fd-pre-chat');
const field = (shop: Shop, key: string) => shop.page.locator(`#fd-${key}`);

test('[PQ1, PQ2] set up in the console; asked by keyboard, once; the answers stand before the first message', async ({
  visitor,
  operator,
  api,
}) => {
  await set(api, { form: { ...before.form, consent: CONSENT } });
  const desk = await operator();
  const { 'pre-chat': text, form } = desk.words.settings;
  const { page: console } = desk;
  await desk.view('unassigned');
  await console.goto(console.url().replace('unassigned', 'settings/pre-chat'));
  await console.getByRole('switch', { name: text.on }).press('Space');
  await console.getByLabel(text.email, { exact: true }).selectOption('required');
  for (const { key, label, required } of FIELDS) {
    await console.getByRole('button', { name: form.newField }).click();
    const dialog = console.getByRole('dialog');
    await dialog.getByLabel(form.key, { exact: true }).fill('name');
    await dialog
      .locator('.localised-fields input')
      .first()
      .fill(label.en ?? '');
    await dialog.getByRole('button', { name: desk.words.settings.save }).click();
    await expect(dialog).toContainText(form.sameKey);
    await dialog.getByLabel(form.key, { exact: true }).fill(key);
    if (required) await dialog.getByRole('switch', { name: form.required }).press('Space');
    await dialog.getByRole('button', { name: desk.words.settings.save }).click();
    await expect(console.getByText(key, { exact: true })).toBeVisible();
  }

  const shop = await visitor();
  const violations = watchViolations(shop.page);
  const prefill = { campaign: { value: 'spring', hidden: true }, name: { value: 'Ann Lee', readOnly: true } };
  await frontdesk(shop.page, 'prefill', prefill);
  await frontdesk(shop.page, 'open', 'chat', { draft: 'Is the spring harvest in stock?' });
  await expect(asked(shop)).toContainText(words.intro);
  await expect(shop.composer).toHaveCount(0);
  await expect(field(shop, 'name')).toHaveAttribute('readonly');
  await expect(field(shop, 'campaign')).toHaveCount(0);

  // By keyboard alone: sent empty, the faults beside the fields and counted, the focus on the first.
  await field(shop, 'email').focus();
  await shop.page.keyboard.type('ann');
  await shop.page.keyboard.press('Enter');
  await expect(asked(shop).getByRole('alert')).toHaveText('3 fields need attention');
  await expect(field(shop, 'email')).toBeFocused();
  await expect(asked(shop)).toContainText(shop.more.badEmail);
  await shop.page.keyboard.type('@example.com');
  await shop.page.keyboard.press('Tab');
  await shop.page.keyboard.type('QL-7');
  await expect(asked(shop).locator('.fd-field-bad')).toHaveCount(1);

  // What was begun outlives the page.
  await shop.page.waitForTimeout(400);
  await shop.page.reload();
  await frontdesk(shop.page, 'prefill', prefill);
  await shop.channel('chat');
  await expect(field(shop, 'order_no')).toHaveValue('QL-7');
  await expect(field(shop, 'email')).toHaveValue('ann@example.com');
  await field(shop, 'Consent').press('Space');
  await shop.page.keyboard.press('Tab');
  await shop.page.keyboard.press('Enter');

  await expect(shop.composer).toBeFocused();
  await expect(shop.composer).toHaveValue('Is the spring harvest in stock?');
  await shop.composer.press('Enter');
  await desk.view('unassigned');
  await desk.openRow('Is the spring harvest in stock?');
  const card = console.locator('.form-card');
  for (const told of ['Ann Lee', 'ann@example.com', 'QL-7', 'spring', 'the policy (https://shop.example/policy)'])
    await expect(card).toContainText(told);
  await expect(desk.row('Is the spring harvest in stock?')).toContainText('Ann Lee');
  await expect(card).toHaveCount(1);

  // The chat ends and begins again: all is known.
  await answerAndClose(desk);
  await expect(shop.window.getByText(shop.more.closed)).toBeVisible();
  await shop.say('One more thing');
  await expect(desk.log).toContainText('One more thing');
  await expect(card).toHaveCount(1);
  expect(violations).toEqual([]);
});

test('[PQ1, PQ3] who only looks at an old chat is not asked, who is called is not held up; the phone asks too', async ({
  visitor,
  operator,
  api,
}) => {
  await set(api, { preChat: { on: true, name: 'required', email: 'off', fields: FIELDS } });
  const shop = await visitor({ device: PHONE });
  // The page itself speaks for the visitor.
  await frontdesk(shop.page, 'prefill', { order_no: { value: 'QL-9', hidden: true } });
  await frontdesk(shop.page, 'send', 'Sent by the page');
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Sent by the page');
  await expect(desk.log).toContainText('QL-9');
  await expect(desk.log).toContainText(
    desk.words.conversation.preChat.missing(desk.words.conversation.preChat.person.name),
  );
  await shop.channel('chat');
  await expect(shop.composer).toBeVisible();
  await expect(asked(shop)).toHaveCount(0);
  await answerAndClose(desk);
  await expect(asked(shop).getByRole('button', { name: words.again })).toBeVisible();
  await expect(shop.composer).toHaveCount(0);
  await asked(shop).getByRole('button').click();
  await field(shop, 'name').fill('Bo');
  await asked(shop).getByRole('button', { name: words.start }).click();
  await shop.say('It is Bo');
  await expect(desk.log.locator('.form-card').last()).toContainText('Bo');
});

test('[PQ4] with consent awaited and without a network nothing of the answers is lost', async ({
  page,
  hostPage,
  relay,
  operator,
  api,
}) => {
  await set(api, { preChat: { on: true, name: 'required', email: 'off', fields: [] } });
  const { url } = await hostPage(
    `<!doctype html><html lang="en"><title>A page</title><script async src="${relay.url}/widget.js" data-site="demo" data-consent="wait"></script>`,
  );
  await page.goto(url);
  const shop = shopOn(page);
  await shop.channel('chat');
  await field(shop, 'name').fill('Cleo');
  await asked(shop).getByRole('button', { name: words.start }).click();
  await shop.say('Before consent');
  await expect(shop.messages.locator('.fd-mark-sent, .fd-mark-delivered')).toHaveCount(1);
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Before consent');
  await expect(desk.log.locator('.form-card')).toContainText('Cleo');
  await answerAndClose(desk);
  await expect(shop.window.getByText(shop.more.closed)).toBeVisible();
  // Asked for more since: answered on a train.
  await set(api, { preChat: { on: true, name: 'required', email: 'off', fields: FIELDS.slice(0, 1) } });
  await page.reload();
  await shop.channel('chat');
  await asked(shop).getByRole('button', { name: words.again }).click();
  await expect(field(shop, 'order_no')).toBeFocused();
  await field(shop, 'order_no').fill('QL-5');
  await page.context().setOffline(true);
  await asked(shop).getByRole('button', { name: words.start }).click();
  await shop.say('From a tunnel');
  await shop.say('Still in it');
  await page.context().setOffline(false);
  await desk.view('mine');
  await desk.openRow('Still in it');
  await expect(desk.log.locator('.form-card')).toHaveCount(2);
  await expect(desk.log.locator('.form-card').last()).toContainText('QL-5');
});

test('[QP1] a waiting visitor sees their place, which moves up, and goes with the answer', async ({
  visitor,
  operator,
  api,
}) => {
  // Chats that other tests left waiting stand before these; letters do not.
  const { conversations } = (await api('GET', 'sites/demo/conversations?view=unassigned&limit=200')) as {
    conversations: ConversationSummary[];
  };
  const { place } = QUEUE_WORDS.en;
  const [first, second] = [await visitor(), await visitor({ locale: 'ru' })];
  for (const [i, shop] of [first, second].entries()) {
    await shop.channel('chat');
    await shop.say(`I wait ${i}`);
  }
  const queue = (shop: Shop) => shop.page.locator('.fd-queue');
  const ahead = conversations.filter(({ channel, waitingSince }) => channel === 'chat' && waitingSince).length;
  await expect(queue(first)).toHaveText(place(ahead + 1));
  await expect(queue(second)).toHaveText(QUEUE_WORDS.ru.place(ahead + 2));
  await expect(queue(second)).toHaveAttribute('role', 'status');
  // A page later it is told again.
  await second.page.reload();
  await expect(queue(second)).toHaveText(QUEUE_WORDS.ru.place(ahead + 2));
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('I wait 0');
  await desk.say('Good day');
  await expect(queue(first)).toHaveCount(0);
  await expect(queue(second)).toHaveText(QUEUE_WORDS.ru.place(ahead + 1));
});
