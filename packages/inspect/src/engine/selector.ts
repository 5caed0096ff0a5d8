import type { Found } from '@messlatte/unpack'
import type { Check, Hit } from '../contract.ts'
import type { LiteralMatches } from './literals.ts'

/** Says which checks want to see an artefact, and where their literals stand in it. */
export interface Routing {
  readonly wanting: (found: Found) => readonly Check[]
}

/** `inner`, or the name of a file of the release, which has no `inner` of a container. */
export function createRouting(checks: readonly Check[]): Routing {
  const byFormat = new Map<string, Check[]>()
  for (const check of checks) {
    for (const format of check.wants.formats ?? [])
      byFormat.set(format, [...(byFormat.get(format) ?? []), check])
  }
  const byPath = checks.flatMap((check) => (check.wants.paths ?? []).map((pattern) => ({ pattern, check })))

  const byAttribute = checks.flatMap((check) => (check.wants.xattrs ?? []).map((name) => ({ name, check })))
  const ofUnrecognised = checks.filter((check) => check.wants.unrecognised)

  return {
    wanting(found) {
      const wanting = new Set<Check>(found.format === undefined ? [] : byFormat.get(found.format))
      if (isUnrecognised(found)) for (const check of ofUnrecognised) wanting.add(check)
      const attributes = found.meta?.xattrs
      if (attributes) {
        for (const { name, check } of byAttribute) if (attributes[name] !== undefined) wanting.add(check)
      }
      if (found.inner !== '') {
        for (const { pattern, check } of byPath) if (pattern.test(found.inner)) wanting.add(check)
      }
      return [...wanting]
    },
  }
}

/** A stretch that no format claims, or a whole file of the release that none recognises. */
function isUnrecognised({ type, meta, format, covered }: Found): boolean {
  return type === 'unknown' || (type === 'file' && meta === undefined && format === undefined && !covered)
}

export function hitsFor(check: Check, matches: LiteralMatches): readonly Hit[] {
  if (!check.wants.literals) return []
  const hits: Hit[] = []
  for (const literal of check.literals ?? []) {
    const offsets = matches.get(literal)
    if (offsets) for (const offset of offsets) hits.push({ literal, offset })
  }
  return hits.sort((a, b) => a.offset - b.offset)
}
