/** What is said to who is about to write and has not consented yet, where the site has no words of its own. */
export const CONSENT_WORDS = {
  en: {
    notice: 'Nothing is kept yet. When you write to us, your message and a key to your conversation are.',
    memory: 'When you write to us, we keep your message. This device keeps nothing.',
    policy: 'Privacy policy',
  },
  ru: {
    notice: 'Пока ничего не сохраняется. Если вы напишете, мы сохраним сообщение, а устройство — ключ к переписке.',
    memory: 'Если вы напишете, мы сохраним сообщение. На устройстве ничего не останется.',
    policy: 'Политика конфиденциальности',
  },
};
