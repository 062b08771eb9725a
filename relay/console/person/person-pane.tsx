import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Attributes as Given, Metadata, VisitorCard } from '../../protocol/entities.ts';
import { useApp, useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { IconButton } from '../base/button.tsx';
import { Icon } from '../base/icon.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { shortUrl, sourceOf, visitorName } from '../base/names.ts';
import type { ConversationModel } from '../conversation/conversation-model.ts';
import { language, words } from '../locales/locale.ts';
import { fullTime, rowTime, stopwatch } from '../locales/time-words.ts';
import { countryName } from '../on-site/on-site-pane.tsx';
import { pathOf, type ViewName } from '../router.ts';
import { VerifiedMark } from './verified-mark.tsx';
import { Visits } from './visits.tsx';

/** Page changes of one moment ask for the card once. */
const SETTLE_MS = 1_500;

/** The column about a visitor: who, from where, on what, their visits and other conversations. */
export function PersonPane(props: { model: ConversationModel; view: ViewName; onClose(): void }): VNode {
  const { model, view, onClose } = props;
  const desk = useDesk();
  const { person: text, conversation, shell } = words.value;
  const visitor = model.visitor.value;
  const here = visitor ? desk.onSite.value.get(visitor.id) : undefined;

  const page = here?.pageUrl;
  useEffect(() => {
    if (!page) return;
    const timer = setTimeout(() => model.loadCard().catch(() => {}), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [page]);

  return (
    <aside class="person" aria-label={conversation.person}>
      <header class="person-head">
        <h2>{text.title}</h2>
        <IconButton icon="x" name={shell.close} onClick={onClose} />
      </header>
      {!visitor ? (
        <SkeletonRows rows={3} />
      ) : (
        <div class="person-body">
          <div class="person-who">
            <Avatar
              id={visitor.id}
              name={visitor.name ?? visitor.email}
              size="large"
              presence={here ? 'online' : undefined}
            />
            <div>
              <h3>
                {visitorName(visitor, words.value)} {visitor.verified && <VerifiedMark />}
              </h3>
              <p>
                {here
                  ? text.now
                  : `${text.lastSeen}: ${rowTime(language.value, Date.parse(visitor.lastSeenAt), desk.clock.coarse.value)}`}
              </p>
            </div>
          </div>
          {here && (
            <section class="person-now" aria-label={text.page}>
              <Icon name="globe" size={16} />
              <div>
                <b>{here.pageTitle || shortUrl(here.pageUrl)}</b>
                <Address url={here.pageUrl} />
              </div>
              <Ticking since={here.pageAt} />
            </section>
          )}
          <Contacts visitor={visitor} />
          <Attributes title={text.attributes} given={visitor.attributes} signed={visitor.signed} />
          <Attributes title={text.ofConversation} given={model.attributes.value} />
          <Details visitor={visitor} kept={model.metadata.value} />
          <Visits visits={visitor.visits} />
          <Earlier visitor={visitor} current={model.id} view={view} />
        </div>
      )}
    </aside>
  );
}

function Ticking({ since }: { since: string }): VNode {
  const desk = useDesk();
  return <span class="row-time">{stopwatch(desk.clock.second.value - Date.parse(since))}</span>;
}

/** An address of a visitor's page: a link where it is a web address, plain words otherwise. */
export function Address({ url }: { url: string }): VNode {
  return /^https?:\/\//i.test(url) ? (
    <a class="address" href={url} target="_blank" rel="noopener noreferrer nofollow ugc" title={url}>
      {shortUrl(url, true)}
    </a>
  ) : (
    <span class="address">{url}</span>
  );
}

function Facts({ facts }: { facts: [string, ComponentChildren][] }): VNode {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Contacts({ visitor }: { visitor: VisitorCard }): VNode {
  const { person: text } = words.value;
  const facts: [string, ComponentChildren][] = [];
  if (visitor.email)
    facts.push([text.email, <a href={`mailto:${encodeURIComponent(visitor.email)}`}>{visitor.email}</a>]);
  if (visitor.phone) facts.push([text.phone, <a href={`tel:${visitor.phone}`}>{visitor.phone}</a>]);
  return (
    <section>
      <h3 class="person-title">{text.contacts}</h3>
      {facts.length > 0 ? <Facts facts={facts} /> : <p class="person-none">{text.noContacts}</p>}
    </section>
  );
}

/** What the site said of the visitor or of the conversation, and which of it its server signed. */
function Attributes(props: { title: string; given: Given; signed?: readonly string[] }): VNode | null {
  const { title, given, signed = [] } = props;
  const { person: text } = words.value;
  const facts = Object.entries(given).map(([name, value]): [string, ComponentChildren] => [
    name,
    signed.includes(name) ? `${value} (${text.signed})` : `${value}`,
  ]);
  if (facts.length === 0) return null;
  return (
    <section>
      <h3 class="person-title">{title}</h3>
      <Facts facts={facts} />
    </section>
  );
}

/** What came along unseen: with the conversation when it has begun, else with the latest visit. */
function Details({ visitor, kept }: { visitor: VisitorCard; kept: Metadata | null }): VNode | null {
  const { person: text } = words.value;
  const metadata = kept ?? visitor.visits[0]?.metadata;
  if (!metadata) return null;
  return (
    <section>
      <h3 class="person-title">{text.details}</h3>
      <Facts facts={detailsOf(metadata, visitor, kept !== null)} />
    </section>
  );
}

function detailsOf(metadata: Metadata, visitor: VisitorCard, written: boolean): [string, ComponentChildren][] {
  const { person: text } = words.value;
  const { country, city, utm } = metadata;
  const place = country ? [city, countryName(country)].filter(Boolean).join(', ') : null;
  const campaign = Object.entries(utm).map(([key, value]) => (
    <span key={key} class="utm">
      {key}: {value}
    </span>
  ));
  const all: [string, ComponentChildren][] = [
    [text.place, place],
    [text.ip, metadata.ip],
    [text.browser, metadata.browser],
    [text.os, metadata.os],
    [text.device, text.devices[metadata.device ?? ''] ?? metadata.device],
    [text.language, metadata.language],
    [text.timeZone, metadata.timeZone],
    [text.screen, metadata.screen],
    [text.referrer, metadata.referrer ? <Address url={metadata.referrer} /> : (sourceOf(metadata) ?? text.direct)],
    [text.utm, campaign.length > 0 ? campaign : null],
    [text.landing, metadata.landingUrl ? <Address url={metadata.landingUrl} /> : null],
    [text.writtenOn, written ? <Address url={metadata.pageUrl} /> : null],
    [text.firstSeen, fullTime(language.value, Date.parse(visitor.firstSeenAt))],
  ];
  return all.filter(([, value]) => value !== null && value !== '');
}

function Earlier(props: { visitor: VisitorCard; current: string; view: ViewName }): VNode | null {
  const app = useApp();
  const desk = useDesk();
  const { person: text, list, conversation } = words.value;
  const others = props.visitor.conversations.filter(({ id }) => id !== props.current);
  if (others.length === 0) return null;
  return (
    <section>
      <h3 class="person-title">{text.earlier}</h3>
      <ul class="earlier">
        {others.map((one) => {
          const to = { name: 'view', site: desk.site, view: props.view, conversation: one.id } as const;
          return (
            <li key={one.id}>
              <a
                href={pathOf(to)}
                onClick={(event) => {
                  event.preventDefault();
                  app.router.go(to);
                }}
              >
                <Icon name={one.channel === 'email' ? 'mail' : 'chat'} size={16} />
                <span class="earlier-line">{one.subject ?? one.lastLine?.text ?? list.noLine}</span>
                <span class="row-time">
                  {one.status === 'closed' ? `${conversation.closed} · ` : ''}
                  {rowTime(language.value, Date.parse(one.lastEventAt), desk.clock.coarse.value)}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
