import type { Language } from '@messlatte/model'

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const
const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
} as const

/** Digits in groups of three; written here and not by Intl, so that the same result gives the same bytes everywhere. */
export function whole(value: number, language: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === 'de' ? '.' : ',')
}

export function decimal(value: number, digits: number, language: Language): string {
  const text = value.toFixed(digits)
  return language === 'de' ? text.replace('.', ',') : text
}

/** A size for people: exact below 1 KiB, else with one decimal and the exact number beside it. */
export function bytes(size: number, language: Language): string {
  const exact = `${whole(size, language)} ${size === 1 ? 'byte' : 'bytes'}`
  const german = exact.replace(/bytes?$/, 'Byte')
  const inWords = language === 'de' ? german : exact
  const scaled = scale(size, language)
  return scaled === undefined ? inWords : `${scaled} (${inWords})`
}

/** As `bytes`, without the exact number. */
export function roughBytes(size: number, language: Language): string {
  return scale(size, language) ?? bytes(size, language)
}

function scale(size: number, language: Language): string | undefined {
  if (size < 1024) return undefined
  const power = Math.min(Math.floor(Math.log2(size) / 10), UNITS.length)
  return `${decimal(size / 1024 ** power, 1, language)} ${UNITS[power - 1] ?? ''}`
}

/** `2027-01-01` as people write a day; anything else comes back as it is. */
export function day(iso: string, language: Language): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  const month = MONTHS[language][Number(parts?.[2]) - 1]
  if (parts === null || month === undefined) return iso
  return `${Number(parts[3])}${language === 'de' ? '.' : ''} ${month} ${parts[1]}`
}
