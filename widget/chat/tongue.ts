/** The language of dates and times: the visitor's own kind of the widget's (`en-GB`), where their browser names one. */
export const tongue = (locale: string): string => navigator.languages.find((one) => one.startsWith(locale)) ?? locale;
