import { describe, expect, test } from 'vitest';
import { type Hours, hoursSettings } from '../protocol/site-settings.ts';
import { isOpen, openingAt, opensNext } from './hours.ts';
import { instantOf } from './wall-clock.ts';

const day = (from: string, to: string) => [{ from, to }];
const working = [1, 2, 3, 4, 5].map(() => day('09:00', '18:00'));
const make = (given: object): Hours => hoursSettings.parse({ on: true, timeZone: 'Europe/Moscow', ...given });
const office = make({ week: [...working, [], []] });
const split = make({ week: [[...day('09:00', '13:00'), ...day('14:00', '18:00')], [], [], [], [], [], []] });
const nights = make({ week: [[], [], [], [], day('22:00', '02:00'), [], []] });
const always = make({ week: Array.from({ length: 7 }, () => day('00:00', '24:00')) });
const never = make({ week: Array.from({ length: 7 }, () => []) });
const berlin = make({ timeZone: 'Europe/Berlin', week: [...working, [], day('01:00', '02:30')] });
const holidays = make({
  week: [...working, [], []],
  holidays: [
    { date: '2026-09-01', spans: [] },
    { date: '2026-09-02', spans: day('12:00', '14:00') },
    { date: '2026-09-05', spans: day('10:00', '12:00') },
  ],
});

/** `at` in UTC; `opens`: null while it is open or never opens. 1 September 2026 is a Tuesday; Moscow is UTC+3. */
const CASES: [what: string, hours: Hours, at: string, open: boolean, opens: string | null][] = [
  ['hours that are off', hoursSettings.parse({}), '2026-09-01T03:00Z', true, null],
  ['a working day', office, '2026-09-01T09:00Z', true, null],
  ['the minute it opens', office, '2026-09-01T06:00Z', true, null],
  ['a millisecond before', office, '2026-09-01T05:59:59.999Z', false, '2026-09-01T06:00Z'],
  ['the minute it closes', office, '2026-09-01T15:00Z', false, '2026-09-02T06:00Z'],
  ['a millisecond before that', office, '2026-09-01T14:59:59.999Z', true, null],
  ['Friday night: on Monday', office, '2026-09-04T19:00Z', false, '2026-09-07T06:00Z'],
  ['the date of the zone, not of UTC', office, '2026-09-06T22:00Z', false, '2026-09-07T06:00Z'],
  ['lunch', split, '2026-09-07T10:30Z', false, '2026-09-07T11:00Z'],
  ['after lunch', split, '2026-09-07T11:00Z', true, null],
  ['before midnight', nights, '2026-09-04T20:00Z', true, null],
  ['at midnight', nights, '2026-09-04T21:00Z', true, null],
  ['after midnight, on the next date', nights, '2026-09-04T22:59Z', true, null],
  ['the end of the night', nights, '2026-09-04T23:00Z', false, '2026-09-11T19:00Z'],
  ['around the clock, at midnight', always, '2026-09-01T21:00Z', true, null],
  ['no hours at all', never, '2026-09-01T09:00Z', false, null],
  ['a holiday', holidays, '2026-09-01T09:00Z', false, '2026-09-02T09:00Z'],
  ['before the hours of a holiday', holidays, '2026-09-02T07:00Z', false, '2026-09-02T09:00Z'],
  ['in the hours of a holiday', holidays, '2026-09-02T10:00Z', true, null],
  ['a Saturday that is worked', holidays, '2026-09-05T08:00Z', true, null],
  // Berlin: the clocks go forward on 29 March 2026 at 2:00, back on 25 October 2026 at 3:00; both are Sundays.
  ['winter', berlin, '2026-03-27T08:00Z', true, null],
  ['summer: an hour earlier in UTC', berlin, '2026-03-30T07:00Z', true, null],
  ['and not before', berlin, '2026-03-30T06:59Z', false, '2026-03-30T07:00Z'],
  ['over the weekend of the change', berlin, '2026-03-29T12:00Z', false, '2026-03-30T07:00Z'],
  ['the clocks leap over the end: it ends with the leap', berlin, '2026-03-29T00:59Z', true, null],
  ['after the leap', berlin, '2026-03-29T01:00Z', false, '2026-03-30T07:00Z'],
  ['the hour that comes twice, first', berlin, '2026-10-25T00:15Z', true, null],
  ['the hour that comes twice, again', berlin, '2026-10-25T01:15Z', true, null],
  ['its later end', berlin, '2026-10-25T01:30Z', false, '2026-10-26T08:00Z'],
];

describe('[AV1] a site’s hours', () => {
  test.each(CASES)('%s', (_what, hours, at, open, opens) => {
    const then = Date.parse(at);
    expect(isOpen(hours, then)).toBe(open);
    const next = opensNext(hours, then);
    expect(next === null ? null : new Date(next).toISOString()).toBe(opens && new Date(opens).toISOString());
  });

  test('the answer holds until the moment it says, and no longer', () => {
    for (const hours of [office, split, nights, holidays, berlin]) {
      let at = Date.parse('2026-03-20T00:00Z');
      for (let n = 0; n < 60; n++) {
        const { open, until } = openingAt(hours, at);
        expect(isOpen(hours, until - 1)).toBe(open);
        expect(isOpen(hours, until)).toBe(!open);
        at = until;
      }
    }
  });

  test('stretches that touch at midnight are one', () => {
    const { open, until } = openingAt(always, Date.parse('2026-09-01T09:00Z'));
    expect(open).toBe(true);
    expect(until - Date.parse('2026-09-01T09:00Z')).toBeGreaterThan(7 * 86_400_000);
  });
});

test('[AV1] a zone that is half an hour off, and a place that leaps at midnight', () => {
  expect(new Date(instantOf('Asia/Kolkata', '2026-09-01', '09:00', 'earlier')).toISOString()).toBe(
    '2026-09-01T03:30:00.000Z',
  );
  // In Beirut the clocks went from 0:00 to 1:00 on 29 March 2026.
  expect(new Date(instantOf('Asia/Beirut', '2026-03-29', '00:30', 'earlier')).toISOString()).toBe(
    '2026-03-28T22:00:00.000Z',
  );
});

test('[AV1] only a zone that is known is taken', () => {
  expect(hoursSettings.safeParse({ timeZone: 'Europe/Atlantis' }).success).toBe(false);
  expect(hoursSettings.safeParse({ week: [[{ from: '9', to: '18:00' }]] }).success).toBe(false);
});
