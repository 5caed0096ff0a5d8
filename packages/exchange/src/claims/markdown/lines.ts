/** A heading and what stands below it, up to the next one. */
export interface Section {
  readonly level: number
  readonly title: string
  /** Line of the heading, the first is 1. */
  readonly line: number
  readonly body: readonly string[]
}

const HEADING = /^(#{1,6})[ \t]([\s\S]*)$/
const FENCE = /^ {0,3}(?:```|~~~)/
/** What would begin a heading, a rule or a fence, and what would be taken for one that was escaped. */
const ACTIVE = /^( {0,3})(?=#|-{3,}\s*$|```|~~~|\\(?:#|-{3}|```|~~~|\\))/
const ESCAPED = /^( {0,3})\\(?=#|-{3}|```|~~~|\\)/

/** The sections of a Markdown text, in their order; what stands before the first heading has level 0. */
export function sectionsOf(text: string): readonly Section[] {
  const sections: { level: number; title: string; line: number; body: string[] }[] = [
    { level: 0, title: '', line: 0, body: [] },
  ]
  let fenced = false
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (FENCE.test(line)) fenced = !fenced
    const found = fenced ? null : HEADING.exec(line)
    if (found)
      sections.push({
        level: (found[1] as string).length,
        title: (found[2] as string).trim(),
        line: at + 1,
        body: [],
      })
    else sections.at(-1)?.body.push(line)
  }
  return sections
}

/** A body as a value: without empty lines and rules around it, and with what was escaped for Markdown as it was. */
export function bodyText(body: readonly string[]): string {
  const empty = (line: string) => line.trim() === '' || /^ {0,3}-{3,}\s*$/.test(line)
  const from = body.findIndex((line) => !empty(line))
  const to = body.findLastIndex((line) => !empty(line))
  if (from < 0) return ''
  return body
    .slice(from, to + 1)
    .map((line) => line.replace(ESCAPED, '$1'))
    .join('\n')
    .trim()
}

/** A value as a body that comes back as it was. */
export function bodyOf(value: string): string {
  return value
    .split('\n')
    .map((line) => line.replace(ACTIVE, '$1\\'))
    .join('\n')
}

export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows of all pipe tables in some lines, without the rules below their headings. */
export function tableRows(body: readonly string[], firstLine: number): readonly TableRow[] {
  return body.flatMap((line, at) => {
    const trimmed = line.trim()
    if (!trimmed.startsWith('|') || trimmed.length < 2 || /^\|[\s:|-]+$/.test(trimmed)) return []
    const inside = trimmed.slice(1, /(?<!\\)\|$/.test(trimmed) ? -1 : undefined)
    return [{ line: firstLine + at, cells: inside.split(/(?<!\\)\|/).map(cellText) }]
  })
}

/** A cell of a pipe table as a text. */
export function cellText(cell: string): string {
  return cell
    .trim()
    .replace(/<br ?\/?>/gi, '\n')
    .replaceAll('\\|', '|')
}

/** A text as a cell of a pipe table. */
export function cellOf(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>')
}

/** Without the marks of emphasis and code around a whole text. */
export function plain(text: string): string {
  return text
    .trim()
    .replace(/^[*`_]+/, '')
    .replace(/[*`_]+$/, '')
    .trim()
}
