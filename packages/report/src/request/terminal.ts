import type { Text } from '@messlatte/model'
import type { Module, RequestLine, SupplierRequest } from '@messlatte/portfolio'
import { whole } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { REQUEST_WORDS as W } from './words.ts'

const MOST_LINES = 200

/** How much is missing from whom. Ends with a newline. */
export function renderRequests(requests: readonly SupplierRequest[], options: TerminalOptions): string {
  const sheet = new Sheet(options)
  if (requests.length === 0) sheet.paragraph(sheet.say(W.none))
  for (const { supplier, lines } of requests)
    sheet.paragraph(
      sheet.say(W.summary, {
        supplier,
        lines: whole(lines.length, sheet.language),
        modules: whole(new Set(lines.map(({ module }) => module.id)).size, sheet.language),
      }),
    )
  return sheet.text()
}

/** What came of a returned request. */
export interface TakenAnswers {
  readonly claims: number
  readonly documents: number
  /** Firmware to be looked at: the file, and where its result belongs. */
  readonly releases: readonly { readonly file: string; readonly module: Module; readonly result: string }[]
  readonly problems: readonly Text[]
  /** Lines to which nothing was said. */
  readonly silent: readonly RequestLine[]
  /** Lines on which there is a claim and nothing that shows it. */
  readonly bare: readonly RequestLine[]
}

/** What was taken over, and what is still missing. Ends with a newline. */
export function renderTaken(taken: TakenAnswers, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  const { claims, documents, releases, problems, silent, bare } = taken
  sheet.paragraph(sheet.say(W.taken, { claims, documents }), 0, '', 'strong')
  for (const text of problems) sheet.paragraph(text[sheet.language], 2, '!')
  if (releases.length > 0) sheet.paragraph(sheet.say(W.look))
  // A command stays one line, so that it can be copied.
  for (const release of releases) sheet.line(`  ${commandFor(release)}`)
  writeLines(sheet, W.silent, silent)
  writeLines(sheet, W.bare, bare)
  if (silent.length + bare.length === 0) sheet.paragraph(sheet.say(W.complete))
  return sheet.text()
}

function writeLines(sheet: Sheet, title: Text, lines: readonly RequestLine[]): void {
  if (lines.length === 0) return
  sheet.heading(sheet.say(title, { count: whole(lines.length, sheet.language) }))
  sheet.list(lines, MOST_LINES, 2, ({ module, rule, id, title: asks }) => {
    const number = rule === null ? sheet.say(W.releaseTitle) : `${rule} ${id}`
    sheet.paragraph(`${module.name}: ${number}${asks ? `, ${asks[sheet.language]}` : ''}`, 2, '•')
  })
}

function commandFor({ file, module, result }: TakenAnswers['releases'][number]): string {
  const { version } = module.release
  const words = ['messlatte', 'check', file, '--model', module.name]
  return [...words, ...(version === null ? [] : ['--firmware', version]), '--json', result]
    .map(quoted)
    .join(' ')
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
