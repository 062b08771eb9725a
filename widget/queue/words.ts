const ORDINALS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const MINUTES: Record<string, string> = { one: 'минуту', few: 'минуты', many: 'минут' };
/** Waits of an hour and more, by minutes. */
const HOURS = {
  en: { 60: 'an hour', 90: 'an hour and a half', 120: 'two hours' } as Record<number, string>,
  ru: { 60: 'час', 90: 'полтора часа', 120: 'два часа' } as Record<number, string>,
};

/** What is said of the queue; a part of its own, so both languages stand together. */
export const QUEUE_WORDS = {
  en: {
    place: (place: number): string =>
      place === 1
        ? 'You are next in the queue.'
        : `You are ${place}${ORDINALS[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)]} in the queue.`,
    wait: (minutes: number): string =>
      minutes === 1
        ? 'We usually answer within a minute.'
        : `We usually answer within about ${HOURS.en[minutes] ?? `${minutes} minutes`}.`,
  },
  ru: {
    place: (place: number): string => (place === 1 ? 'Вы следующие в очереди.' : `Ваше место в очереди: ${place}.`),
    wait: (minutes: number): string =>
      minutes === 1
        ? 'Обычно отвечаем в течение минуты.'
        : `Обычно отвечаем примерно за ${HOURS.ru[minutes] ?? `${minutes} ${MINUTES[new Intl.PluralRules('ru').select(minutes)]}`}.`,
  },
};
