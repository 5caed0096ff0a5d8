import { isCalendarDay } from '@messlatte/conformity'

/** A calendar day in the market's local time, ISO 8601. Days compare as texts do. */
export type Day = string

/**
 * Reads a day, or a point in time with its offset from UTC, as the calendar day that it is in `zone`; so a cut-off ends at
 * 24:00 there. Days as 2027-01-01, 01.01.2027 or 1.1.27 (then of this century). Undefined where it is none.
 */
export function readDay(written: string, zone: string): Day | undefined {
  // Exports write midnight of the local day behind it.
  const trimmed = written.trim().replace(/^([\d.-]{6,10})[ T]0?0:00(?::00(?:\.0+)?)?$/, '$1')
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(trimmed)
  if (german) {
    const [, day = '', month = '', year = ''] = german
    const iso = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return isCalendarDay(iso) ? iso : undefined
  }
  if (isCalendarDay(trimmed)) return trimmed
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(trimmed))
    return undefined
  const time = Date.parse(trimmed)
  if (Number.isNaN(time) || !isCalendarDay(trimmed.slice(0, 10))) return undefined
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(time)
}

/** Whole days from one to another; negative where the other lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
