/** A state of the widget as the gallery shows it; its address is `/demo/gallery/#screen=NAME`. */
export interface GalleryState {
  name: string;
  group: string;
  /** What shows when it is reached: all of these are visible. */
  shows: readonly string[];
}

const group = (name: string, states: Record<string, string | string[]>): GalleryState[] =>
  Object.entries(states).map(([state, shows]) => ({ name: state, group: name, shows: [shows].flat() }));

/** Every screen in every state, in the order of the gallery's list. */
export const STATES: readonly GalleryState[] = [
  ...group('Launcher', {
    launcher: '.fd-launcher',
    'launcher-label': '.fd-launcher-label',
    'launcher-badge': '.fd-launcher-badge',
    'launcher-left': '.fd-left .fd-launcher',
    invitation: ['.fd-invitation', '.fd-invitation-text'],
  }),
  ...group('Home', {
    home: ['.fd-home', '.fd-result', '.fd-channel-chat .fd-faces', '.fd-channel-messengers'],
    'home-away': ['.fd-home', '.fd-channel-chat'],
    'home-known': ['.fd-home', '.fd-channel-history'],
    'home-loading': ['.fd-home', '.fd-skeleton'],
  }),
  ...group('Articles', {
    search: ['.fd-search', '.fd-result'],
    'search-results': ['.fd-result mark', '.fd-ask'],
    'search-none': ['.fd-empty', '.fd-ask'],
    'search-failed': '.fd-empty .fd-button',
    article: ['.fd-article h1', '.fd-table', '.fd-video', '.fd-article img', '.fd-article blockquote', '.fd-vote'],
    'article-helped': ['.fd-vote-yes.fd-vote-chosen', '.fd-vote-said:not(:empty)'],
    'article-not-helped': ['.fd-vote-no.fd-vote-chosen', '.fd-ask', '.fd-vote-comment', '.fd-vote-more .fd-button'],
    'article-loading': '.fd-skeleton',
    'article-failed': '.fd-empty',
  }),
  ...group('Form', {
    form: ['.fd-form', '.fd-form-files', '.fd-field-text', '.fd-field-select', '.fd-field-checkbox', '.fd-choice'],
    'form-errors': ['.fd-field-bad', '.fd-error'],
    'form-suggestions': '.fd-suggestions .fd-result',
    'form-consent': ['.fd-form-files', '.fd-upload', '.fd-field-checkbox a'],
    'form-sent': ['.fd-sent', '.fd-reference'],
    'form-queued': ['.fd-sent', '.fd-offline'],
    'form-refused': ['.fd-form', 'p.fd-error'],
  }),
  ...group('Messengers', {
    messengers: ['.fd-messengers', '.fd-messenger-telegram'],
    'messengers-code': '.fd-qr svg',
  }),
  ...group('Past conversations', {
    'history-none': '.fd-history .fd-empty',
    history: ['.fd-history .fd-channel', '.fd-count'],
  }),
  ...group('Chat', {
    'chat-new': ['.fd-welcome', '.fd-composer'],
    chat: ['.fd-message-visitor .fd-bubble', '.fd-message-operator .fd-avatar', '.fd-mark-read', '.fd-day'],
    'chat-typing': '.fd-typing .fd-bubble',
    'chat-changed': ['.fd-edited', '.fd-removed'],
    'chat-files': ['.fd-picture img', '.fd-file'],
    'chat-quote': ['.fd-quote', '.fd-quoted', '.fd-answering'],
    'chat-uploads': ['.fd-upload-sending', '.fd-uploads', '.fd-upload-failed'],
    'chat-unsent': ['.fd-message-unsent', '.fd-mark-waits'],
    'chat-failed': ['.fd-message-unsent', '.fd-under.fd-error'],
    'chat-emoji': ['.fd-emoji-query', '.fd-emoji-sign'],
    'chat-emoji-none': '.fd-emoji-none',
    'chat-menu': ['.fd-menu', '.fd-menu-save', '.fd-menu-end'],
    'chat-closed': ['.fd-rating', '.fd-scores'],
    'chat-rating': ['.fd-score-chosen', '.fd-rating .fd-field textarea'],
    'chat-solved': '.fd-solved .fd-button-main',
    'chat-ended': '.fd-messages',
    'chat-away': ['.fd-away-note', '.fd-form'],
    'chat-left': ['.fd-away-note', '.fd-composer'],
    'pre-chat': ['.fd-pre-chat.fd-form', '.fd-pre-chat .fd-choice', '.fd-pre-chat .fd-field-checkbox a'],
    'pre-chat-errors': ['.fd-pre-chat .fd-field-bad', '.fd-pre-chat p.fd-error:not(:empty)'],
    'pre-chat-again': '.fd-pre-chat .fd-button',
    'chat-queue': '.fd-queue:not(:empty)',
    'chat-wait': '.fd-queue:not(:empty)',
    'chat-loading': '.fd-skeleton',
    'chat-history-failed': '.fd-empty .fd-button',
  }),
  ...group('Connection', {
    offline: ['.fd-offline:not(:empty)', '.fd-composer'],
    connecting: ['.fd-offline:not(:empty)', '.fd-composer'],
    refused: ['.fd-offline:not(:empty)', '.fd-composer'],
    consent: ['.fd-consent', '.fd-composer'],
  }),
];
