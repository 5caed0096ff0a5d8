import type { Language } from '@messlatte/model'
import { COLUMNS } from './columns.ts'

/** What a template shows: the columns in one language, what belongs in each, and which have to be there. */
export function templateRows(language: Language): {
  readonly head: readonly string[]
  readonly help: readonly (readonly string[])[]
} {
  return {
    head: COLUMNS.map(({ title }) => title[language]),
    help: COLUMNS.map(({ title, help, required }) => [
      title[language],
      help[language],
      required ? NEEDED[language] : '',
    ]),
  }
}

const NEEDED = { en: 'needed', de: 'nötig' } as const
