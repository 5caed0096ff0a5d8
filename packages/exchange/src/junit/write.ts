import { escapeXml } from '@messlatte/bytes'
import type { Assessment, Language, ProvisionVerdict, Text } from '@messlatte/model'

interface Case extends ProvisionVerdict {
  readonly id: string
  readonly title: Text
}

/**
 * An assessment as JUnit XML, as CI servers read it: a suite for each rule, a case for each provision or requirement. A
 * fail and a contradiction are failures; what is open, not met or not applicable is skipped with its reason, so that
 * unknown is never green.
 */
export function writeJunit(assessment: Assessment, language: Language): string {
  const suites = ['baseline', ...assessment.profiles.map(({ id }) => id)].map((rule) =>
    suite(rule, casesOf(assessment, rule), language),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="messlatte">\n${suites.join('')}</testsuites>\n`
}

function casesOf({ provisions, requirements }: Assessment, rule: string): readonly Case[] {
  return [
    ...provisions.flatMap(({ id, title, baseline, profiles }) => {
      const verdict = rule === 'baseline' ? baseline : profiles[rule]
      return verdict ? [{ ...verdict, id, title }] : []
    }),
    ...requirements
      .filter(({ profile }) => profile === rule)
      .map(({ id, title, result }) => ({ ...result, id, title })),
  ]
}

function suite(rule: string, cases: readonly Case[], language: Language): string {
  const failures = cases.filter(({ verdict }) => BAD.includes(verdict)).length
  const skipped = cases.filter(({ verdict }) => SKIPPED.includes(verdict)).length
  const inside = cases.map((one) => testCase(rule, one, language)).join('')
  return `  <testsuite name="${escapeXml(rule)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">\n${inside}  </testsuite>\n`
}

const BAD: readonly string[] = ['fail', 'contested']
const SKIPPED: readonly string[] = ['open', 'not-met', 'not-applicable']

function testCase(rule: string, { id, title, verdict, reasons }: Case, language: Language): string {
  const name = escapeXml(`${id} ${title[language]}`)
  const open = `    <testcase classname="messlatte.${escapeXml(rule)}" name="${name}"`
  const words = escapeXml(reasons.map(({ text }) => text[language]).join('\n'))
  if (BAD.includes(verdict))
    return `${open}>\n      <failure type="${verdict}" message="${verdict}">${words}</failure>\n    </testcase>\n`
  if (SKIPPED.includes(verdict))
    return `${open}>\n      <skipped message="${verdict}">${words}</skipped>\n    </testcase>\n`
  return `${open}/>\n`
}
