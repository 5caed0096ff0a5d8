import { referenceText } from '@messlatte/conformity'
import type { CheckResult, RequirementResult, Verdict } from '@messlatte/model'
import { WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST_REASONS = 3
const QUIET: readonly Verdict[] = ['open', 'not-applicable']

/** What profiles ask in their own numbering: in words what was decided, in numbers what is open. */
export function writeRequirements(sheet: Sheet, { assessment }: CheckResult): void {
  if (assessment.requirements.length === 0) return
  sheet.heading(sheet.say(WORDS.requirements))
  sheet.paragraph(sheet.say(WORDS.requirementsLead), 0, '', 'soft')
  for (const { id, title } of assessment.profiles) {
    const own = assessment.requirements.filter(({ profile }) => profile === id)
    if (own.length === 0) continue
    sheet.blank()
    sheet.paragraph(`${id}: ${title[sheet.language]}`, 0, '', 'strong')
    for (const one of own) if (!QUIET.includes(one.result.verdict)) writeOne(sheet, one)
    const ids = (verdict: Verdict) =>
      own.filter(({ result }) => result.verdict === verdict).map((it) => it.id)
    for (const [verdict, words] of [
      ['open', WORDS.requirementsOpen],
      ['not-applicable', WORDS.requirementsOff],
    ] as const) {
      const list = ids(verdict)
      if (list.length > 0) sheet.paragraph(sheet.say(words, { count: list.length, ids: list.join(', ') }), 2)
    }
  }
}

function writeOne(sheet: Sheet, { id, where, title, result }: RequirementResult): void {
  sheet.paragraph(
    `${sheet.verdict(result.verdict)}  ${id} (${referenceText(where)[sheet.language]}): ${title[sheet.language]}`,
    2,
    '',
    result.verdict,
  )
  sheet.list(result.reasons, MOST_REASONS, 6, (reason) =>
    sheet.paragraph(reason.text[sheet.language], 6, '', 'soft'),
  )
}
