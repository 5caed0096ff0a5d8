import type { Language, Text } from '@messlatte/model'

export function pick(text: Text, language: Language): string {
  return text[language]
}

export type Values = Readonly<Record<string, string | number>>

/** Puts values into the `{name}` places of a text. A value is never read for places itself. */
export function fill(text: Text, language: Language, values: Values = {}): string {
  return pick(text, language).replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  )
}
