/** What the list of past conversations says; a part of its own, so both languages stand together. */
export const historyWords = {
  en: { nothingYet: 'Your conversations will be here.', isOpen: 'open', isClosed: 'closed' },
  ru: { nothingYet: 'Здесь будут ваши обращения.', isOpen: 'открыто', isClosed: 'закрыто' },
};
