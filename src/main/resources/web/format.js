// Formats numbers and times for people; times in the browser's time zone.

const exactly = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' });

const COMPACT_FROM = 10_000;
const FEW_MINUTES = 10;
const LEAST_PERCENT = 0.1;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const NOTHING = '–';

/** 125,432 */
export const count = (number) => (number == null ? NOTHING : exactly.format(number));

/** 1 document; 125,432 documents */
export const amount = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** 125.4K */
export const short = (number) =>
  number == null || number < COMPACT_FROM ? count(number) : compact.format(number);

/** 1.2 GiB */
export function bytes(number) {
  if (number == null) {
    return NOTHING;
  }
  const power = number < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(number) / 10));
  return `${fine.format(number / 1024 ** power)} ${UNITS[power]}`;
}

/** 11.5 %, rounded down, so that 100 % means all, and 0 % nothing */
export const percent = (number) =>
  number == null ? NOTHING
    : number > 0 && number < LEAST_PERCENT ? `<${LEAST_PERCENT} %`
      : `${exactly.format(Math.floor(number * 10) / 10)} %`;

/** 3.61 */
export const rate = (number) => (number == null ? NOTHING : fine.format(number));

/** 181 ms; 3.6 s */
export const seconds = (number) =>
  number == null ? NOTHING : number < 1 ? `${fine.format(number * 1000)} ms` : `${fine.format(number)} s`;

/** 4h 12m; seconds only for a few minutes */
export function duration(seconds) {
  if (seconds == null) {
    return NOTHING;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < FEW_MINUTES) {
    return inUnits(Math.floor(seconds / 60), 'm', Math.floor(seconds % 60), 's');
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? inUnits(hours, 'h', minutes % 60, 'm')
    : inUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function inUnits(large, largeUnit, small, smallUnit) {
  const parts = [];
  if (large > 0) {
    parts.push(exactly.format(large) + largeUnit);
  }
  if (small > 0 || large === 0) {
    parts.push(small + smallUnit);
  }
  return parts.join(' ');
}

/** 14:03:16, with the day unless it is today */
export function time(when) {
  const date = new Date(when);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

/** GMT+5:30, the zone of all times on the page */
export const zone = () =>
  new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName').value;

/** 24 November 2026 at 14:03:16 GMT+5:30 */
export const fullTime = (when) => full.format(new Date(when));

/** An address that is safe in a link; a portal may send anything. */
export function link(address) {
  try {
    return ['http:', 'https:'].includes(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}
