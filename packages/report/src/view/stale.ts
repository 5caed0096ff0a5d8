import { sourceTitle } from '@messlatte/conformity'
import type { CheckResult, Language } from '@messlatte/model'
import { day } from '../figures.ts'
import { fill } from '../text.ts'
import { WORDS } from '../words.ts'

/** Names each source that nobody has looked at for too long; undefined where there is none. */
export function staleSentence({ assessment }: CheckResult, language: Language): string | undefined {
  if (assessment.staleSources.length === 0) return undefined
  const sources = assessment.staleSources
    .map((it) => `${sourceTitle(it)[language]} (${day(it.checked, language)})`)
    .join('; ')
  return fill(WORDS.staleSources, language, { asOf: day(assessment.asOf, language), sources })
}
