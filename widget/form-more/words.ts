/** What the form says seldom; a part of its own, so both languages stand together. */
export const formWords = {
  en: {
    attach: 'Attach files',
    limits: 'Up to 10 files, 20 MB each',
    uploading: 'Files are still on their way. Send when they are there.',
    broken: 'A file could not be uploaded. Try it again or take it out.',
    refused: 'The message was not taken. Look over the fields and send it again.',
    ended: 'The operator has ended the conversation. Nothing more can be sent from here.',
    fileGone: 'A file is not there any more. Attach it again.',
    notTaken: 'This was not taken as it is.',
  },
  ru: {
    attach: 'Прикрепить файлы',
    limits: 'До 10 файлов, каждый до 20 МБ',
    uploading: 'Файлы ещё загружаются. Отправьте, когда загрузка закончится.',
    broken: 'Файл не загрузился. Повторите или уберите его.',
    refused: 'Сообщение не принято. Проверьте поля и отправьте ещё раз.',
    ended: 'Оператор завершил разговор. Отправить отсюда больше ничего нельзя.',
    fileGone: 'Файла больше нет. Прикрепите его заново.',
    notTaken: 'Так не подходит.',
  },
};
