/** What the widget says of what is in messages; a part of its own, so both languages stand together. */
export const contentWords = {
  en: {
    edited: 'edited',
    deleted: 'Message removed',
  },
  ru: {
    edited: 'изменено',
    deleted: 'Сообщение удалено',
  },
};
