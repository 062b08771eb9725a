import type { MoreWords } from './more-en.ts';

const daysUntil = (at: Date) =>
  Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);

const DAYS = ['в воскресенье', 'в понедельник', 'во вторник', 'в среду', 'в четверг', 'в пятницу', 'в субботу'];
const format = (at: Date, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('ru', options).format(at);
const back = (iso: string) => {
  const at = new Date(iso);
  // «в 9:00», as it is said; Intl would write «09:00».
  const time = format(at, { hour: 'numeric', minute: '2-digit' }).replace(/^0(?=\d)/, '');
  const days = daysUntil(at);
  if (days <= 0) return `в ${time}`;
  if (days === 1) return `завтра в ${time}`;
  return `${days < 7 ? DAYS[at.getDay()] : format(at, { day: 'numeric', month: 'long' })} в ${time}`;
};

const words: MoreWords = {
  away: (own, at) => (own ? `${own} Вернёмся ${back(at)}.` : `Сейчас никого нет на связи, вернёмся ${back(at)}.`),
  closed: 'Разговор завершён. Напишите, если остались вопросы.',
  reopened: 'Разговор снова открыт.',
  ended: 'Оператор завершил разговор.',
  rate: 'Как вам наша помощь?',
  worst: 'Плохо',
  best: 'Отлично',
  comment: 'Хотите что-нибудь добавить?',
  sendRating: 'Отправить',
  skip: 'Не сейчас',
  solved: 'Ваш вопрос решён?',
  solvedYes: 'Да, решён',
  solvedNo: 'Пока нет',
  soundOn: 'Включить звук',
  soundOff: 'Выключить звук',
  save: 'Скачать переписку',
  end: 'Завершить чат',
  nothingYet: 'Здесь пока ничего не написано.',
  notSent: 'Не отправлено.',
  remove: 'Удалить',
  /** What happened, for a line between messages. */
  said: (event) => {
    if (event.type === 'rating') return `Ваша оценка: ${event.score} из 5`;
    if (event.type === 'solved')
      return event.said === 'no'
        ? 'Вы ответили: пока не решён. Оператор об этом знает.'
        : 'Оператор спрашивает, решён ли вопрос.';
    if (event.type !== 'status') return '';
    if (event.solved) return 'Вы ответили: вопрос решён. Разговор завершён.';
    return event.status === 'open' ? words.reopened : event.ended ? words.ended : words.closed;
  },
  required: 'Заполните это поле.',
  badEmail: 'Адрес выглядит так: name@example.com.',
  badNumber: 'Здесь нужно число.',
  badDate: 'Здесь нужна дата.',
  badPhone: 'Здесь нужен номер телефона.',
  tooLong: 'Слишком длинно.',
  notAnOption: 'Выберите один из предложенных ответов.',
  keeps: 'Можно писать сюда и дальше: сообщения дождутся нас.',
  writeMail: 'Оставить письмо',
};
export default words;
