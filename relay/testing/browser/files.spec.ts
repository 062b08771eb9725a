import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { contentWords } from '../../../widget/content/words.ts';
import { DESKTOP, expect, PHONE, test, watchViolations } from './fixtures.ts';
import { hold } from './hold.ts';

const picture = (color: string) =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: color } })
    .png()
    .toBuffer();

/** Pastes or drops a file as a browser does it. */
const hand = (page: Page, selector: string, type: 'paste' | 'drop', name: string, text: string) =>
  page.locator(selector).evaluate(
    (element, [kind, called, said]) => {
      const data = new DataTransfer();
      data.items.add(new File([said ?? ''], called ?? '', { type: 'text/plain' }));
      const how = { bubbles: true, composed: true, cancelable: true };
      element.dispatchEvent(
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...how, clipboardData: data })
          : new DragEvent('drop', { ...how, dataTransfer: data }),
      );
    },
    [type, name, text],
  );

for (const [locale, name, device] of [
  ['en', 'desktop', DESKTOP],
  ['ru', 'phone', PHONE],
] as const)
  test(`[C6] files go both ways (${locale}, ${name})`, async ({ visitor, operator, relay }) => {
    const words = contentWords[locale];
    const shop = await visitor({ locale, device });
    const desk = await operator({ locale });
    const { files: text } = desk.words.conversation;
    const violations = watchViolations(shop.page);
    const shot = async (what: string) => {
      if (!process.env.SHOTS) return;
      await shop.page.screenshot({ path: `${process.env.SHOTS}/files-widget-${what}-${locale}.png` });
      await desk.page.screenshot({ path: `${process.env.SHOTS}/files-console-${what}-${locale}.png` });
    };
    await shop.channel('chat');
    await shop.say(`Look ${locale} ${name}`);
    const uploads = shop.page.locator('.fd-upload');

    // Chosen, pasted and dropped; while one is on its way the visitor writes on.
    const chooser = shop.page.waitForEvent('filechooser');
    await shop.page.locator('.fd-attach').click();
    await (await chooser).setFiles([
      { name: 'cup.png', mimeType: 'image/png', buffer: await picture('#c33') },
      { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
    ]);
    await expect(uploads).toHaveCount(2);
    await expect(uploads.filter({ hasText: 'tool.exe' })).toContainText(words.faults['bad-file'] ?? '');
    await hand(shop.page, '.fd-composer textarea', 'paste', 'note.txt', 'pasted');
    await hand(shop.page, '.fd-body', 'drop', 'list.csv', 'a,b');
    await expect(uploads.and(shop.page.locator('.fd-upload-ready'))).toHaveCount(3);
    await expect(shop.page.locator('.fd-uploads')).toContainText(words.limits);
    await expect(shop.page.locator('.fd-upload canvas')).toHaveCount(1);
    await shop.composer.fill('Three of them');
    // Not while one has failed; it is taken out.
    await expect(shop.page.locator('.fd-send')).toBeDisabled();
    await shot('writing');
    await shop.page.getByRole('button', { name: `${words.remove}: tool.exe` }).click();
    await shop.page.getByRole('button', { name: `${words.remove}: list.csv` }).click();

    // Kept over a reload.
    await shop.page.reload();
    await shop.channel('chat');
    await expect(uploads).toHaveCount(2);
    await shop.composer.press('Enter');
    const sent = shop.messages.filter({ hasText: 'Three of them' });
    await expect(sent.locator('.fd-picture img')).toHaveJSProperty('naturalWidth', 320);
    await expect(sent.locator('.fd-file')).toContainText('note.txt');
    await expect(uploads).toHaveCount(0);

    // The operator sees the picture, opens it large, and saves the other.
    await desk.view('unassigned');
    await desk.openRow('Three of them');
    await expect(desk.log.locator('.picture img')).toHaveJSProperty('naturalWidth', 320);
    await desk.page.getByRole('button', { name: text.open('cup.png') }).click();
    await expect(desk.page.getByRole('dialog').locator('.picture-large')).toHaveJSProperty('naturalWidth', 320);
    await desk.page.keyboard.press('Escape');
    const saving = desk.page.waitForEvent('download');
    await desk.log.locator('.file').click();
    expect((await saving).suggestedFilename()).toBe('note.txt');

    // And answers with files of their own: pasted, dropped, without words.
    await hand(desk.page, '#composer', 'paste', 'answer.txt', 'pasted');
    await hand(desk.page, '.thread', 'drop', 'dropped.txt', 'dropped');
    const picking = desk.page.waitForEvent('filechooser');
    await desk.page.getByRole('button', { name: text.attach }).click();
    await (await picking).setFiles([{ name: 'pot.png', mimeType: 'image/png', buffer: await picture('#36c') }]);
    await expect(desk.page.locator('.upload-ready')).toHaveCount(3);
    await desk.page.getByRole('button', { name: `${text.remove}: dropped.txt` }).click();
    await shot('answering');
    await desk.composer.press('Enter');
    const answer = shop.messages.filter({ hasText: 'answer.txt' });
    await expect(answer.locator('.fd-picture img')).toHaveJSProperty('naturalWidth', 320);
    await expect(desk.log.locator('.attachments')).toHaveCount(2);
    await shot('sent');
    expect(violations).toEqual([]);
    expect(relay.url).toContain('http');
  });

test('[C6] an upload shows how far it is, can be given up, and a broken one tried again', async ({ visitor }) => {
  const words = contentWords.en;
  const shop = await visitor();
  await shop.channel('chat');
  const { page } = shop;
  const release = await hold(page, '**/api/visitor/uploads?*');
  const pick = async (name: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.locator('.fd-attach').click();
    await (await chooser).setFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from('x') }]);
  };
  await pick('slow.txt');
  await expect(page.getByRole('progressbar', { name: `${words.uploading}: slow.txt` })).toBeVisible();
  await expect(page.locator('.fd-send')).toBeDisabled();
  await page.getByRole('button', { name: `${words.cancel}: slow.txt` }).click();
  await expect(page.locator('.fd-upload')).toHaveCount(0);
  release();
  await page.unroute('**/api/visitor/uploads?*');

  await page.route('**/api/visitor/uploads?*', (route) => route.abort());
  await pick('broken.txt');
  await expect(page.locator('.fd-upload-failed')).toContainText(words.faults.offline ?? '');
  await page.unroute('**/api/visitor/uploads?*');
  await page.getByRole('button', { name: words.retry }).click();
  await expect(page.locator('.fd-upload-ready')).toHaveCount(1);
  await page.locator('.fd-send').click();
  await expect(shop.messages.locator('.fd-file')).toContainText('broken.txt');
});
