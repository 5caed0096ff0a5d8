import { type SourceState, sourceTitle } from '@messlatte/conformity'
import { day, whole } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { REGISTER_WORDS, SOURCE_STATUS_WORDS } from '../words.ts'

const LABEL = 16

/** The register of sources for a terminal: what each is, how far it may be relied on, and what would change it. */
export function renderSources(
  sources: readonly SourceState[],
  asOf: string,
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  const { language } = sheet
  const old = sources.filter(({ stale }) => stale).length
  sheet.paragraph(
    sheet.say(REGISTER_WORDS.lead, { count: sources.length, asOf: day(asOf, language), old }),
    0,
    '',
    'strong',
  )
  for (const source of sources) {
    const field = (label: string, value: string) => sheet.field(label, value, 2, LABEL)
    const status = sheet.say(SOURCE_STATUS_WORDS[source.status])
    const applies =
      source.appliesFrom === undefined
        ? ''
        : `, ${sheet.say(REGISTER_WORDS.from, { day: day(source.appliesFrom, language) })}`
    const age = sheet.say(REGISTER_WORDS.age, {
      day: day(source.checked, language),
      days: whole(source.ageDays, language),
    })
    sheet.blank()
    sheet.line(source.id, 'strong')
    sheet.paragraph(sourceTitle(source)[language], 2)
    field(sheet.say(REGISTER_WORDS.status), status + applies)
    field(sheet.say(REGISTER_WORDS.checked), age)
    if (source.stale) sheet.paragraph(sheet.say(REGISTER_WORDS.stale), 4, '  !', 'strong')
    field(sheet.say(REGISTER_WORDS.usedBy), source.usedBy.join(', '))
    field(sheet.say(REGISTER_WORDS.wouldChange), source.wouldChange[language])
    field(sheet.say(REGISTER_WORDS.note), source.note[language])
  }
  return sheet.text()
}
