import { ConformityError, digestOf } from '@messlatte/conformity'
import type { Evidence, Json } from '@messlatte/model'
import { JsonError } from '../json/strict.ts'

/** The id that a piece of evidence has by what was seen and where: what decisions are bound to. */
export function evidenceId(
  one: Pick<
    Evidence,
    'check' | 'kind' | 'polarity' | 'level' | 'path' | 'offset' | 'length' | 'sha256' | 'observation'
  >,
): string {
  const { check, kind, polarity, level = null, path, offset, length, sha256, observation } = one
  try {
    return digestOf({ check, kind, polarity, level, path, offset, length, sha256, observation })
  } catch (cause) {
    // No check of ours observes so many levels.
    if (cause instanceof ConformityError)
      throw new JsonError({
        en: `evidence of ${kind}: ${cause.message}`,
        de: `evidence der Art ${kind}: ${cause.message}`,
      })
    throw cause
  }
}

/** Whether secrets stand in the clear in it: the id rests on an observation without them. */
export function isRevealed(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some(isRevealed)
  return Object.entries(value).some(([key, inner]) => key === 'revealed' || isRevealed(inner))
}
