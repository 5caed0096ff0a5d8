import type { CheckResult, Evidence, Language, Text, Verdict } from '@messlatte/model'
import { fill, type Values } from '../text.ts'
import { type NumberedEvidence, numberEvidence } from '../view/numbering.ts'
import { VERDICT_WORDS, WORDS } from '../words.ts'
import { html, type Markup } from './markup.ts'

/** Beyond this many the list ends with how many are left out; evidence that is linked to has its entry below it. */
export const MOST_EVIDENCE = 400

/** What every section of the page needs. */
export class Page {
  readonly result: CheckResult
  readonly language: Language
  readonly #numbers: ReadonlyMap<string, NumberedEvidence>

  constructor(result: CheckResult, language: Language) {
    this.result = result
    this.language = language
    this.#numbers = numberEvidence(result)
  }

  say(text: Text, values?: Values): string {
    return fill(text, this.language, values)
  }

  get evidence(): readonly NumberedEvidence[] {
    return [...this.#numbers.values()]
  }

  numberOf(evidence: Evidence): number {
    return this.#numbers.get(evidence.id)?.number ?? 0
  }

  /** Links to the entries of the evidence list; an id that the result does not hold stays a word. */
  links(ids: readonly string[]): Markup | undefined {
    if (ids.length === 0) return undefined
    return html`<span class="refs">${ids.map((id) => html` ${this.#link(id)}`)}</span>`
  }

  #link(id: string): Markup {
    const number = this.#numbers.get(id)?.number
    if (number === undefined) return html`<code>${id.slice(0, 12)}</code>`
    if (number > MOST_EVIDENCE) return html`<span>[${number}]</span>`
    return html`<a href="#evidence-${number}" aria-label="${this.say(WORDS.evidence)} ${number}">[${number}]</a>`
  }

  /** Sign and word: never colour alone. */
  verdict(verdict: Verdict): Markup {
    return html`<span class="verdict ${verdict}">${sign(verdict)}<span>${this.say(VERDICT_WORDS[verdict])}</span></span>`
  }

  list<T>(items: readonly T[], most: number, show: (item: T) => Markup): Markup {
    const cut = items.length - most
    return html`${items.slice(0, most).map(show)}${cut > 0 ? html`<li class="more">${this.more(cut)}</li>` : undefined}`
  }

  more(count: number): string {
    return this.say(WORDS.more, { count })
  }
}

export function sign(verdict: Verdict): Markup {
  return html`<svg class="sign" aria-hidden="true" focusable="false" viewBox="0 0 16 16"><use href="#sign-${verdict}"/></svg>`
}
