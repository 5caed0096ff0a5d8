import type { InputClass, Missing, Party, Text } from '@messlatte/model'

export function text(en: string, de: string): Text {
  return { en, de }
}

/** Something to ask for: from whom, and what kind of thing it is. */
export function ask(who: Party, input: InputClass, en: string, de: string): Missing {
  return { who, input, what: { en, de } }
}
