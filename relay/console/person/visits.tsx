import type { VNode } from 'preact';
import type { PageView, Visit, VisitEvent } from '../../protocol/entities.ts';
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
              {steps(visit).map((step) =>
                'name' in step ? (
                  <li key={`${step.at} ${step.name}`} class="trail-event">
                    <time dateTime={step.at}>{clockTime(language.value, Date.parse(step.at))}</time>
                    <span class="trail-page">
                      {step.name}
                      <small>{dataLine(step)}</small>
                    </span>
                  </li>
                ) : (
                  <li key={`${step.at} ${step.url}`}>
                    <time dateTime={step.at}>{clockTime(language.value, Date.parse(step.at))}</time>
                    <span class="trail-page" title={step.url}>
                      {step.title || shortUrl(step.url)}
                      <small>{shortUrl(step.url)}</small>
                    </span>
                    <Stayed page={step} />
                  </li>
                ),
              )}
            </ol>
          </details>
        );
      })}
    </section>
  );
}

/** Pages and what happened on them, in their order. */
const steps = ({ pages, events }: Visit): (PageView | VisitEvent)[] =>
  [...pages, ...events].sort((a, b) => a.at.localeCompare(b.at));

const dataLine = ({ data }: VisitEvent) =>
  Object.entries(data)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

function Stayed({ page }: { page: PageView }): VNode | null {
  if (page.leftAt === null) return null;
  return <span class="row-time">{lasted(language.value, Date.parse(page.leftAt) - Date.parse(page.at))}</span>;
}
