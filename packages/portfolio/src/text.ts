import type { Text } from '@messlatte/model'

export function text(en: string, de: string): Text {
  return { en, de }
}

/** A day as people write it in each language: 2027-01-01, 01.01.2027. */
export function dayText(day: string): Text {
  const [year = '', month = '', date = ''] = day.split('-')
  return { en: day, de: `${date}.${month}.${year}` }
}
