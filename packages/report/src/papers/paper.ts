import type { Language, Text } from '@messlatte/model'
import { signatureBlocks } from '../documents/compose.ts'
import type { Block, Column, Run, Runs, Tone } from '../documents/model.ts'
import { day } from '../figures.ts'
import { fill, type Values } from '../text.ts'

export function both(en: string, de: string): Text {
  return { en, de }
}

const MISSING = both('Gap: {what}', 'Lücke: {what}')

/** A paper in the making, in one language. Everything that is missing is printed where it belongs and counted. */
export class Paper {
  readonly language: Language
  readonly #blocks: Block[] = []
  readonly #gaps: (readonly [section: string, what: string])[] = []
  #section = ''

  constructor(language: Language) {
    this.language = language
  }

  get blocks(): readonly Block[] {
    return this.#blocks
  }

  /** What is missing, with the heading that it stands under, each once. */
  get gaps(): readonly (readonly [section: string, what: string])[] {
    return [...new Map(this.#gaps.map((gap) => [gap.join('\n'), gap])).values()]
  }

  say(text: Text, values?: Values): string {
    return fill(text, this.language, values)
  }

  /** A calendar day, ISO 8601, as people write it. */
  day(iso: string): string {
    return day(iso, this.language)
  }

  heading(level: 1 | 2 | 3, text: Text, values?: Values): void {
    this.#section = this.say(text, values)
    this.#blocks.push({ kind: 'heading', level, text: this.#section })
  }

  paragraph(text: Text | Runs, tone: Tone = 'normal'): void {
    this.#blocks.push({ kind: 'paragraph', tone, text: isText(text) ? this.say(text) : text })
  }

  list(items: readonly Runs[], ordered = false): void {
    if (items.length > 0) this.#blocks.push({ kind: 'list', ordered, items })
  }

  /** A run that says what is missing here. */
  missing(what: Text): Run {
    this.#gaps.push([this.#section, this.say(what)])
    return { text: this.say(MISSING, { what: this.say(what) }), gap: true }
  }

  /** A paragraph that says what is missing here. */
  gap(what: Text): void {
    this.paragraph([this.missing(what)], 'gap')
  }

  /** What was stated, or that it was not. */
  stated(value: string | null, what: Text): Runs {
    return value ?? [this.missing(what)]
  }

  table(
    columns: readonly (readonly [title: Text | '', width: number])[],
    rows: readonly (readonly Runs[])[],
  ): void {
    const titled = columns.map(
      ([title, width]): Column => ({ title: title === '' ? '' : this.say(title), width }),
    )
    if (rows.length > 0) this.#blocks.push({ kind: 'table', columns: titled, rows })
  }

  /** Names with values beside them. */
  facts(rows: readonly (readonly [name: Text, value: Runs])[]): void {
    this.table(
      [
        ['', 2],
        ['', 5],
      ],
      rows.map(([name, value]) => [[{ text: this.say(name), bold: true }], value]),
    )
  }

  pageBreak(): void {
    this.#blocks.push({ kind: 'page-break' })
  }

  /** Places to sign, left empty. */
  toSign(): void {
    this.#blocks.push(...signatureBlocks(this.language))
  }

  /** The list of everything that is missing, as a section of its own. */
  listGaps(): void {
    const all = this.gaps
    this.heading(1, GAPS, { count: all.length })
    if (all.length === 0) this.paragraph(NO_GAPS)
    this.table(
      [
        [WHERE, 2],
        [WHAT, 5],
      ],
      all.map(([section, what]) => [section, what]),
    )
  }
}

function isText(value: Text | Runs): value is Text {
  return typeof value === 'object' && 'en' in value
}

const GAPS = both('What is missing ({count})', 'Was fehlt ({count})')
const NO_GAPS = both(
  'No field is empty. That says nothing about whether what is stated is true.',
  'Kein Feld ist leer. Das sagt nicht, ob die Angaben stimmen.',
)
const WHERE = both('Where', 'Wo')
const WHAT = both('What', 'Was')
