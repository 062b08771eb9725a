/** What the questions before a chat say; a part of its own, so both languages stand together. */
export const PRE_CHAT_WORDS = {
  en: {
    intro: 'A few questions first, so that we can help sooner.',
    phone: 'Phone',
    start: 'Start the chat',
    again: 'Write again',
  },
  ru: {
    intro: 'Сначала пара вопросов, чтобы помочь быстрее.',
    phone: 'Телефон',
    start: 'Начать чат',
    again: 'Написать снова',
  },
};
