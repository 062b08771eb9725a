/** What is said below articles and searches; a part of its own, so both languages stand together. */
export const knowledgeWords = {
  en: {
    question: 'Did this help?',
    yes: 'Yes',
    no: 'No',
    thanks: 'Good to know, thank you.',
    sorry: 'Sorry about that. Ask us instead:',
    sorryAlone: 'Sorry about that.',
    notSent: 'That could not be sent. Try again in a moment.',
    missing: 'What was missing?',
    send: 'Send',
    noted: 'Thank you, we will look into it.',
    ask: 'Not what you need? Ask us',
  },
  ru: {
    question: 'Статья помогла?',
    yes: 'Да',
    no: 'Нет',
    thanks: 'Спасибо, рады, что помогло.',
    sorry: 'Жаль. Спросите нас:',
    sorryAlone: 'Жаль, что не помогло.',
    notSent: 'Не удалось отправить. Попробуйте чуть позже.',
    missing: 'Чего не хватило?',
    send: 'Отправить',
    noted: 'Спасибо, разберёмся.',
    ask: 'Не то? Спросите нас',
  },
};
export type KnowledgeWords = (typeof knowledgeWords)['en'];
