import type {
  LogEvent,
  PublicSite,
  RelayFrame,
  SessionReply,
  VisitorConversation,
} from '../../relay/protocol/index.ts';
import { type Answers, idOf } from './answers.ts';
import type { Hands } from './hands.ts';

/** What the relay of one state answers, and what a visitor does to reach it. */
export interface Scene {
  /** The screen that is opened; none: the window stays closed. */
  open?: string;
  site?: Partial<PublicSite>;
  session?: Partial<SessionReply>;
  /** The chat that is there already. */
  events?: LogEvent[];
  head?: Partial<VisitorConversation>;
  /** Whether a letter stands among past conversations. */
  letters?: boolean;
  unread?: number;
  files?: string[];
  /** Nobody of the team is there. */
  away?: boolean;
  /** The socket never opens, or is refused; left out, it works. */
  line?: 'connecting' | 'refused';
  /** The device has no network. */
  offline?: boolean;
  verdict?: 'reject' | 'none';
  /** Requests that are never answered, and that fail, by their path. */
  hangs?: RegExp;
  fails?: RegExp;
  /** What is told after the welcome. */
  frames?: RelayFrame[];
  /** What who asks about the queue is answered. */
  queue?: { place: number | null; waitMinutes: number | null };
  /** The page waits for consent. */
  consent?: 'wait';
  act?(hands: Hands): Promise<unknown>;
}

const MAP = '.fd-composer textarea';

/** The scene of each state, by its name. */
export function scenesOf(answers: Answers): Record<string, Scene> {
  const { say, said, status, site } = answers;
  const hello = said(1, true, say('Hello. Where is my parcel QL-20418?', 'Здравствуйте. Где моя посылка QL-20418?'));
  const answer = said(
    2,
    false,
    say(
      'Good morning. It is with the courier, https://tracking.quietleaf.example shows where.',
      'Доброе утро. Она у курьера, на https://tracking.quietleaf.example видно, где именно.',
    ),
  );
  const more = said(3, false, say('It will be there by six.', 'Привезут до шести.'));
  const thanks = said(4, true, say('Thank you', 'Спасибо'));
  const talk = [hello, answer, more, thanks];
  const send = (hands: Hands) =>
    hands
      .type(MAP, say('Is there somebody at the door?', 'А курьер позвонит?'))
      .then(() => hands.press('.fd-send:not(:disabled)'));
  const fill = async (hands: Hands) => {
    await hands.type('#fd-name', say('Vera', 'Вера'));
    await hands.type('#fd-email', 'vera@example.com');
    await hands.type('#fd-subject', say('Where is my order', 'Где мой заказ'));
    await hands.type('#fd-message', say('It was to come yesterday.', 'Обещали привезти вчера.'));
    await hands.type('#fd-order_no', 'QL-20418');
    await hands.press('.fd-form .fd-button-main');
  };
  const picture = { id: idOf(31), name: 'gaiwan.png', mime: 'image/png', size: 84_000, width: 320, height: 240 };
  const paper = { id: idOf(32), name: say('Invoice QL-20418.pdf', 'Счёт QL-20418.pdf'), mime: 'application/pdf' };
  const away = say('Nobody is here right now. Leave us a message.', 'Сейчас никого нет на связи. Оставьте сообщение.');
  const closed = [...talk, status(5, false)];
  const texts = { ...site.texts, offline: away };
  const preChat: Partial<PublicSite> = {
    preChat: {
      ...{ intro: '', name: 'required', email: 'required', phone: 'optional' },
      fields: site.form.fields.slice(0, 3),
    },
    form: {
      ...site.form,
      consent: say(
        'I agree to the [privacy policy](https://quietleaf.example/privacy)',
        'Согласен с [правилами обработки данных](https://quietleaf.example/privacy)',
      ),
    },
  };
  return {
    launcher: {},
    'launcher-label': { site: { launcher: { ...site.launcher, label: site.launcher.name } } },
    'launcher-badge': { unread: 3, events: talk, head: { unread: 3 } },
    'launcher-left': { site: { launcher: { ...site.launcher, position: 'left' } } },
    invitation: {
      session: {
        triggers: [
          {
            ...{ id: idOf(41), show: 'bubble', from: say('Anna Lindqvist', 'Анна Линд') },
            conditions: [{ type: 'time-on-page', seconds: 0 }],
            text: say('Shall I help you choose a tea for a gift?', 'Подсказать чай в подарок?'),
          },
        ],
      },
    },
    home: { open: 'home' },
    'home-away': { open: 'home', away: true, site: { texts } },
    'home-known': { open: 'home', events: talk },
    'home-loading': { open: 'home', hangs: /^articles/ },
    search: { open: 'search' },
    'search-results': {
      open: 'search',
      act: (hands) => hands.type('.fd-search input', say('courier', 'курьер')),
    },
    'search-none': { open: 'search', act: (hands) => hands.type('.fd-search input', '…') },
    'search-failed': { open: 'search', fails: /^articles/ },
    article: { open: 'article/delivery' },
    'article-helped': { open: 'article/delivery', act: (hands) => hands.press('.fd-vote-yes') },
    'article-not-helped': {
      open: 'article/delivery',
      act: (hands) =>
        hands
          .press('.fd-vote-no')
          .then(() => hands.type('.fd-vote-comment', say('The price for islands', 'Сколько стоит на острова'))),
    },
    'article-loading': { open: 'article/delivery', hangs: /^articles/ },
    'article-failed': { open: 'article/delivery', fails: /^articles/ },
    form: { open: 'email' },
    'form-errors': { open: 'email', act: (hands) => hands.press('.fd-form .fd-button-main') },
    'form-suggestions': {
      open: 'email',
      act: (hands) => hands.type('#fd-subject', say('courier', 'курьер')),
    },
    'form-consent': {
      open: 'email',
      site: {
        form: {
          ...site.form,
          fields: [],
          consent: say(
            'I agree to the [privacy policy](https://quietleaf.example/privacy)',
            'Согласен с [правилами обработки данных](https://quietleaf.example/privacy)',
          ),
        },
      },
      act: (hands) => hands.paste('.fd-form-files', [new File(['x'.repeat(90_000)], 'receipt.txt')]),
    },
    'form-sent': { open: 'email', act: fill },
    'form-queued': { open: 'email', line: 'connecting', offline: true, act: fill },
    'form-refused': { open: 'email', verdict: 'reject', act: fill },
    messengers: { open: 'messengers' },
    'messengers-code': { open: 'messengers', act: (hands) => hands.press('.fd-messengers .fd-tool') },
    'history-none': { open: 'history' },
    history: {
      ...{ open: 'history', events: talk, letters: true },
      head: { lastLine: { author: 'visitor', name: '', text: say('Thank you', 'Спасибо') } },
    },
    'chat-new': { open: 'chat' },
    chat: { open: 'chat', events: talk },
    'chat-typing': {
      ...{ open: 'chat', events: talk },
      frames: [
        {
          ...{ type: 'typing', conversation: answers.chat.id, on: true },
          author: { kind: 'operator', id: idOf(11), name: say('Anna Lindqvist', 'Анна Линд') },
        },
      ],
    },
    'chat-changed': {
      open: 'chat',
      events: [
        hello,
        said(2, false, say('It is with the courier.', 'Она у курьера.'), { edited: { at: hello.at } }),
        said(3, false, '', { deleted: { at: hello.at } }),
      ],
    },
    'chat-files': {
      ...{ open: 'chat', files: [picture.id, paper.id] },
      events: [
        said(1, true, say('This one came broken.', 'Приехало разбитым.'), { files: [picture] }),
        said(2, false, '', { files: [{ ...paper, size: 1_240_000 }] }),
      ],
    },
    'chat-quote': {
      open: 'chat',
      events: [
        hello,
        said(2, false, say('It is with the courier.', 'Она у курьера.'), {
          quote: {
            message: 1,
            line: {
              author: 'visitor',
              name: '',
              text: say('Hello. Where is my parcel?', 'Здравствуйте. Где посылка?'),
            },
          },
        }),
      ],
      act: (hands) => hands.press('.fd-reply'),
    },
    'chat-uploads': {
      ...{ open: 'chat', events: talk },
      act: (hands) =>
        hands.paste('.fd-messages', [
          new File(['x'.repeat(90_000)], say('receipt.txt', 'чек.txt'), { type: 'text/plain' }),
          new File([new Uint8Array(21_000_000)], say('film.mov', 'фильм.mov')),
        ]),
    },
    'chat-unsent': { open: 'chat', events: talk, line: 'connecting', offline: true, act: send },
    'chat-failed': { open: 'chat', events: talk, verdict: 'reject', act: send },
    'chat-emoji': { open: 'chat', events: talk, act: (hands) => hands.press('.fd-emoji') },
    'chat-emoji-none': {
      ...{ open: 'chat', events: talk },
      act: (hands) => hands.press('.fd-emoji').then(() => hands.type('.fd-emoji-query', '…')),
    },
    'chat-menu': { open: 'chat', events: talk, act: (hands) => hands.press('.fd-more') },
    'chat-closed': { open: 'chat', events: closed, head: { status: 'closed', asks: 'rating' } },
    'chat-rating': {
      ...{ open: 'chat', events: closed, head: { status: 'closed', asks: 'rating' } },
      act: (hands) => hands.press('.fd-score:nth-of-type(4) input'),
    },
    'chat-solved': { open: 'chat', events: talk, head: { asks: 'solved' } },
    'chat-ended': { open: 'chat', events: [...talk, status(5, true)], head: { status: 'closed', ended: true } },
    'chat-away': { open: 'chat', away: true, site: { texts } },
    'chat-left': { open: 'chat', away: true, events: talk, site: { texts } },
    'pre-chat': { open: 'chat', site: preChat },
    'pre-chat-errors': {
      ...{ open: 'chat', site: preChat },
      act: (hands) =>
        hands.type('#fd-email', say('vera', 'вера')).then(() => hands.press('.fd-pre-chat .fd-button-main')),
    },
    'pre-chat-again': { open: 'chat', events: closed, head: { status: 'closed' }, site: preChat },
    'chat-queue': {
      ...{ open: 'chat', events: [hello], head: { operator: null } },
      queue: { place: 2, waitMinutes: null },
    },
    'chat-wait': {
      ...{ open: 'chat', events: [hello], head: { operator: null } },
      queue: { place: null, waitMinutes: 5 },
    },
    'chat-loading': { open: 'chat', events: talk, hangs: /^conversations/ },
    'chat-history-failed': { open: 'chat', events: talk, fails: /^conversations/ },
    offline: { open: 'chat', offline: true, line: 'connecting' },
    connecting: { open: 'chat', line: 'connecting' },
    refused: { open: 'chat', line: 'refused' },
    consent: {
      ...{ open: 'chat', consent: 'wait', session: { quiet: true } },
      site: { policy: 'https://quietleaf.example/privacy' },
    },
  };
}
