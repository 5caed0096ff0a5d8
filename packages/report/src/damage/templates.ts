/** A sentence with places, cut at them: a text more than places. */
export interface Template {
  readonly texts: readonly string[]
  readonly places: readonly string[]
  readonly german: string
}

const PLACE = /\{\w+\}/
const PLACES = /\{\w+\}/g
const WORDS = /[A-Za-z]+/g

/**
 * Sentences by what a reader said. Those with places are found by the rarest of their words, so that a message costs as much as it
 * is long, however many sentences there are.
 */
export class Templates {
  readonly #whole = new Map<string, Template>()
  readonly #byWord = new Map<string, Template[]>()

  constructor(entries: readonly (readonly [string, string])[]) {
    const cut: Template[] = []
    for (const [english, german] of entries) {
      const places = english.match(PLACES) ?? []
      const template = { texts: english.split(PLACE), places, german }
      if (places.length === 0) this.#whole.set(english, template)
      else cut.push(template)
    }
    const often = new Map<string, number>()
    for (const word of cut.flatMap(wordsOf)) often.set(word, (often.get(word) ?? 0) + 1)
    for (const template of cut) {
      const [rarest = ''] = wordsOf(template).toSorted((a, b) => (often.get(a) ?? 0) - (often.get(b) ?? 0))
      this.#byWord.set(rarest, [...(this.#byWord.get(rarest) ?? []), template])
    }
  }

  /** The sentence that a message is, with what stands at its places; the one with most text of its own, where several fit. */
  find(message: string): { readonly template: Template; readonly values: readonly string[] } | undefined {
    const whole = this.#whole.get(message)
    if (whole) return { template: whole, values: [] }
    return this.candidates(message)
      .flatMap((template) => {
        const values = valuesOf(template, message)
        return values ? [{ template, values }] : []
      })
      .toSorted((a, b) => b.template.texts.join('').length - a.template.texts.join('').length)[0]
  }

  /** Those that are worth a comparison. */
  candidates(message: string): readonly Template[] {
    return [...new Set(message.match(WORDS))].flatMap((word) => this.#byWord.get(word) ?? [])
  }
}

/** Words that stand in a message as they are: those that no place touches. */
function wordsOf({ texts }: Template): readonly string[] {
  return texts.flatMap((text, index) => {
    const from = index > 0 ? text.replace(/^[A-Za-z]+/, '') : text
    const own = index < texts.length - 1 ? from.replace(/[A-Za-z]+$/, '') : from
    return own.match(WORDS) ?? []
  })
}

/** What stands between the texts of a template, each as early as can be: if it fits at all, it fits so. */
function valuesOf({ texts, places }: Template, message: string): readonly string[] | undefined {
  const [first = '', ...others] = texts
  if (!message.startsWith(first)) return undefined
  const values: string[] = []
  let at = first.length
  for (const [index, text] of others.entries()) {
    const isLast = index === others.length - 1
    const next = isLast ? message.length - text.length : message.indexOf(text, at)
    if (next < at || (isLast && !message.endsWith(text))) return undefined
    const value = message.slice(at, next)
    if (/^\{\d/.test(places[index] ?? '') && !/^[^ ]+$/.test(value)) return undefined
    values.push(value)
    at = next + text.length
  }
  return values
}
