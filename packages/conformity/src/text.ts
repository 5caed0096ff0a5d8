import type { InputClass, Missing, Party, Text } from '@messlatte/model'

export function text(en: string, de: string): Text {
  return { en, de }
}

/** A day as people write it in each language: 2027-01-01, 01.01.2027; anything else as it is. `day` is a calendar day, ISO 8601. */
export function dayText(day: string): Text {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  return { en: day, de: year === undefined ? day : `${date}.${month}.${year}` }
}

/** Something to ask for: from whom, and what kind of thing it is. */
export function ask(who: Party, input: InputClass, en: string, de: string): Missing {
  return { who, input, what: { en, de } }
}
