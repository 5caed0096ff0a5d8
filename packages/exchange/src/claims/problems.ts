import type { ClaimOrigin, Language, Text } from '@messlatte/model'

/** What is wrong with a file of claims, and where: `sheet ICS, row 12, cell G12` or `line 30`; empty for the whole. */
export interface ClaimProblem {
  readonly file: string
  readonly place: Text
  readonly message: Text
}

/** Beyond this many the rest is most likely wrong for the same reason. */
const MOST = 50

/** Collects all that is wrong with one file, and where each claim in it stands. */
export class Problems {
  readonly #file: string
  readonly #list: ClaimProblem[] = []

  /** By `originKey`; of two places of one claim the first. */
  readonly origins: Record<string, ClaimOrigin> = {}

  constructor(file: string) {
    this.#file = file
  }

  add(place: Text, message: Text): void {
    if (this.#list.length < MOST) this.#list.push({ file: this.#file, place, message })
  }

  stands(key: string, place: Omit<ClaimOrigin, 'file'>): void {
    this.origins[key] ??= { file: this.#file, ...place }
  }

  get list(): readonly ClaimProblem[] {
    return this.#list
  }
}

/** The place of what concerns the whole file. */
export const WHOLE: Text = { en: '', de: '' }

export function linePlace(line: number): Text {
  return { en: `line ${line}`, de: `Zeile ${line}` }
}

export function problemText({ file, place, message }: ClaimProblem, language: Language): string {
  const where = place[language]
  return `${file}: ${where === '' ? '' : `${where}: `}${message[language]}`
}
