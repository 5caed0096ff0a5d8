import type { SecretValues } from '@messlatte/model'
import type { Analysis } from './analysis.ts'
import { round } from './evidence.ts'
import { power } from './say.ts'

/** An analysis as reports carry it. */
export function valuesTold(analysis: Analysis): SecretValues {
  const { shape, estimate, bitsByCollisions } = analysis
  return {
    compared: shape.count,
    distinct: shape.distinct,
    shortest: shape.shortest,
    longest: shape.longest,
    alphabet: shape.alphabet.id,
    alphabetSize: shape.alphabet.size,
    sharedAtStart: shape.prefix,
    sharedAtEnd: shape.suffix,
    variety: shape.variety,
    checkDigit: analysis.checkDigit,
    bitsAtMost: round(analysis.atMost),
    bitsEstimated: estimate ? round(estimate.bits) : null,
    bitsByEqualPairs: bitsByCollisions === undefined ? null : round(bitsByCollisions),
    comparedWith: analysis.comparedWith,
    rulesTried: analysis.tried,
    relations: analysis.relations.map(({ rule, text, units, of, whole, chance }) => ({
      rule,
      text,
      follow: units.length,
      of,
      whole,
      chance: power(chance),
    })),
    regularities: analysis.regularities.map(({ rule, text, units }) => ({ rule, text, units: units.length })),
  }
}
