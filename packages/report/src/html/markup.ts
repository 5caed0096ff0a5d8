import { visible } from '../visible.ts'

/** Text that is HTML already. Only `html` and `raw` make it, so that everything else is escaped. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | undefined | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Template for HTML: every value is made visible and escaped, also inside quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, i) => text + (i < parts.length ? written(parts[i]) : '')).join('') }
}

/** For our own constants only: style sheet, pictures. */
export function raw(markup: string): Markup {
  return { markup }
}

/** A long word may break here: after the separators of paths. */
export function breakable(text: string): readonly Part[] {
  return text.split(/(?<=[/:@])/).flatMap((piece, i) => (i === 0 ? [piece] : [raw('<wbr>'), piece]))
}

function written(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return visible(part).replace(/[&<>"']/g, (it) => ENTITIES[it] ?? it)
  if (isList(part)) return part.map(written).join('')
  return part.markup
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part)
}
