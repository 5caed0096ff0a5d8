/** What is wrong with a file of claims, and where: `sheet ICS, row 12, cell G12` or `line 30`; empty for the whole. */
export interface ClaimProblem {
  readonly file: string
  readonly place: string
  readonly message: string
}

/** Beyond this many the rest is most likely wrong for the same reason. */
const MOST = 50

/** Collects all that is wrong with one file. */
export class Problems {
  readonly #file: string
  readonly #list: ClaimProblem[] = []

  constructor(file: string) {
    this.#file = file
  }

  add(place: string, message: string): void {
    if (this.#list.length < MOST) this.#list.push({ file: this.#file, place, message })
  }

  get list(): readonly ClaimProblem[] {
    return this.#list
  }
}

export function problemText({ file, place, message }: ClaimProblem): string {
  return `${file}: ${place === '' ? '' : `${place}: `}${message}`
}
