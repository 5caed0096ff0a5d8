import type { CheckResult, Language, Text } from '@messlatte/model'
import { day } from '../figures.ts'
import { fill, pick } from '../text.ts'
import { WORDS } from '../words.ts'
import { columnName, columnsOf, countsOf } from './columns.ts'

/** The sentence that ends every report: how much is open, and that this clears nothing. */
export function lastLine(result: CheckResult, language: Language): string {
  const counts = columnsOf(result)
    .map((column) => `${countsOf(result, column).open} (${columnName(column, language)})`)
    .join(', ')
  return fill(WORDS.last, language, { counts, all: result.assessment.provisions.length })
}

/** What the report is about, and what it does not show. */
export function aboutSentence(result: CheckResult, language: Language): string {
  const digests = result.images.map((it) => it.sha256)
  const and = language === 'de' ? 'und' : 'and'
  const listed =
    digests.length > 1 ? `${digests.slice(0, -1).join(', ')} ${and} ${digests.at(-1)}` : digests[0]
  const sentence: Text =
    digests.length === 0 ? WORDS.aboutNone : digests.length === 1 ? WORDS.aboutOne : WORDS.aboutMany
  return fill(sentence, language, { digests: listed ?? '' })
}

/** Whom the rule touches on the day of the report. */
export function cutOffSentence(
  profile: CheckResult['assessment']['profiles'][number],
  asOf: string,
  language: Language,
): string {
  if (profile.lastFreeDay === null) return fill(WORDS.noCutOff, language)
  return fill(profile.inForceAsOf ? WORDS.alreadyPast : WORDS.notYet, language, {
    asOf: day(asOf, language),
    lastFreeDay: day(profile.lastFreeDay, language),
    zone: profile.zone,
  })
}

export interface IdentityRow {
  readonly part: string
  readonly name: string
  readonly version: string
  /** SHA-256 (hex). */
  readonly digest: string
}

/** By what the report was made. */
export function identityOf(result: CheckResult, language: Language): readonly IdentityRow[] {
  const { tool, assessment } = result
  return [
    {
      part: pick(WORDS.toolAndChecks, language),
      name: tool.name,
      version: tool.version,
      digest: tool.checksDigest,
    },
    rule(WORDS.catalogue, assessment.catalogue),
    ...assessment.profiles.map((it) => rule(WORDS.profile, it)),
  ]

  function rule(part: Text, it: { id: string; version: string; digest: string }): IdentityRow {
    return { part: pick(part, language), name: it.id, version: it.version, digest: it.digest }
  }
}
