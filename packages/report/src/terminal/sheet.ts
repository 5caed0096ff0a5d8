import type { Language, Text, Verdict } from '@messlatte/model'
import { fill, type Values } from '../text.ts'
import { visible } from '../visible.ts'
import { VERDICT_SYMBOLS, VERDICT_WORDS, WORDS } from '../words.ts'
import { type Paint, painter, type Style } from './paint.ts'
import { columnsWide, padded, wrapped } from './wrap.ts'

export interface TerminalOptions {
  readonly language: Language
  readonly colour: boolean
  /** Columns of the terminal; used between 40 and 110. */
  readonly width: number
}

const NARROWEST = 40
const WIDEST = 110

/** Collects the lines of a report. Every text that comes in is made visible, so that no name can steer the terminal. */
export class Sheet {
  readonly language: Language
  readonly width: number
  readonly #paint: Paint
  readonly #lines: string[] = []

  constructor(options: TerminalOptions) {
    this.language = options.language
    this.width = Math.min(Math.max(Math.floor(options.width) || NARROWEST, NARROWEST), WIDEST)
    this.#paint = painter(options.colour)
  }

  say(text: Text, values?: Values): string {
    return fill(text, this.language, values)
  }

  verdict(verdict: Verdict): string {
    return `${VERDICT_SYMBOLS[verdict]} ${this.say(VERDICT_WORDS[verdict])}`
  }

  blank(): void {
    this.#lines.push('')
  }

  heading(text: string): void {
    this.blank()
    for (const line of wrapped(visible(text), this.width)) this.#lines.push(this.#paint(line, 'heading'))
    this.#lines.push(this.#paint('─'.repeat(this.width), 'soft'))
  }

  /** A paragraph behind `indent` spaces; `first` stands in the indent of its first line. */
  paragraph(text: string, indent = 0, first = '', style?: Style): void {
    const lines = wrapped(visible(text), this.width - indent)
    lines.forEach((line, i) => {
      const lead = i === 0 ? padded(first, indent) : ' '.repeat(indent)
      const content = lead + line
      this.#lines.push(this.#styled(content, style))
    })
  }

  /** A line that must stay one, however narrow the terminal is. */
  line(text: string, style?: Style): void {
    const content = visible(text)
    this.#lines.push(this.#styled(content, style))
  }

  /** `label   value`, the value wrapped beside its label. */
  field(label: string, value: string, indent: number, labelWidth: number, style?: Style): void {
    const at = indent + labelWidth
    this.paragraph(value, at, `${' '.repeat(indent)}${label}`, style)
  }

  /** Cells side by side. */
  row(cells: readonly { readonly text: string; readonly style?: Style }[], widths: readonly number[]): void {
    const padding = cells.map((cell, i) => ' '.repeat(Math.max(0, (widths[i] ?? 0) - columnsWide(cell.text))))
    const styled = cells.map((cell, i) => this.#styled(visible(cell.text), cell.style) + (padding[i] ?? ''))
    this.#lines.push(styled.join('').trimEnd())
  }

  #styled(text: string, style: Style | undefined): string {
    return style === undefined ? text : this.#paint(text, style)
  }

  /** The first `most` of a list; then how many are left out, with those that the list itself leaves out. */
  list<T>(
    items: readonly T[],
    most: number,
    indent: number,
    show: (item: T, index: number) => void,
    omitted = 0,
  ): void {
    items.slice(0, most).forEach(show)
    const left = Math.max(0, items.length - most) + omitted
    if (left > 0) this.paragraph(this.more(left), indent)
  }

  more(count: number): string {
    return this.say(WORDS.more, { count })
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`
  }
}
