import type { VNode } from 'preact';
import type { PageView, Visit } from '../../protocol/entities.ts';
import { useDesk } from '../app/context.ts';
import { shortUrl, sourceOf } from '../base/names.ts';
import { language, words } from '../locales/locale.ts';
import { clockTime, lasted, rowTime } from '../locales/time-words.ts';

/** A visitor's visits, the latest open: which pages, when, for how long. */
export function Visits({ visits }: { visits: readonly Visit[] }): VNode | null {
  const desk = useDesk();
  const { person: text, onSite } = words.value;
  if (visits.length === 0) return null;
  return (
    <section>
      <h3 class="person-title">{text.visitsTitle}</h3>
      {visits.map((visit, index) => {
        const source = sourceOf(visit.metadata);
        return (
          <details key={visit.id} class="visit" open={index === 0}>
            <summary>
              <span class="visit-name">{text.visitNo(visit.number)}</span>
              <span class="row-time">
                {rowTime(language.value, Date.parse(visit.startedAt), desk.clock.coarse.value)} ·{' '}
                {text.pages(visit.pages.length)}
              </span>
            </summary>
            <p class="visit-source">{source ? onSite.from(source) : text.direct}</p>
            <ol class="trail">
              {visit.pages.map((page) => (
                <li key={`${page.at} ${page.url}`}>
                  <time dateTime={page.at}>{clockTime(language.value, Date.parse(page.at))}</time>
                  <span class="trail-page" title={page.url}>
                    {page.title || shortUrl(page.url)}
                    <small>{shortUrl(page.url)}</small>
                  </span>
                  <Stayed page={page} />
                </li>
              ))}
            </ol>
          </details>
        );
      })}
    </section>
  );
}

function Stayed({ page }: { page: PageView }): VNode | null {
  if (page.leftAt === null) return null;
  return <span class="row-time">{lasted(language.value, Date.parse(page.leftAt) - Date.parse(page.at))}</span>;
}
