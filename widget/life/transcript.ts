import type { LogEvent } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { read } from '../base/fetch.ts';

const PAGE = 200;

/** One event as lines of a text file; empty for what is not worth a line. */
function linesOf(app: AppContext, event: LogEvent, time: (iso: string) => string): string {
  const { words, more, core } = app;
  const { author, at } = event;
  const name = author.kind === 'visitor' ? words.you : author.name || core.session.site.name;
  if (event.type === 'message' || event.type === 'form') {
    const files = event.files?.map((file) => `[${file.name}]`) ?? [];
    const text = [event.text, ...files].filter(Boolean).join('\n');
    return text && `[${time(at)}] ${name}:\n${text}\n`;
  }
  const said = more?.said(event);
  return said ? `[${time(at)}] ${said}\n` : '';
}

/** Fetches a whole conversation in pages and lets the browser keep it as a text file. */
export async function saveTranscript(app: AppContext, conversation: string): Promise<void> {
  const { core } = app;
  const { site } = core.session;
  const format = new Intl.DateTimeFormat(site.locale, { dateStyle: 'medium', timeStyle: 'short' });
  let events: LogEvent[] = [];
  for (;;) {
    const first = events[0]?.seq;
    const page = await read<{ events: LogEvent[] }>(app, `conversations/${conversation}/events`, {
      ...(first !== undefined && { before: `${first}` }),
      limit: `${PAGE}`,
    });
    events = [...page.events, ...events];
    if (page.events.length < PAGE) break;
  }
  const text = events.map((event) => linesOf(app, event, (iso) => format.format(new Date(iso)))).filter(Boolean);
  const address = URL.createObjectURL(new Blob([`${site.name}\n\n${text.join('\n')}`], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: `${site.name} ${new Date().toISOString().slice(0, 10)}.txt`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
