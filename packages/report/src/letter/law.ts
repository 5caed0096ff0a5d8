import { PROFILES } from '@messlatte/conformity'
import type { Source } from '@messlatte/model'
import { isLaw } from '../papers/law.ts'

/** A source that is to stand in a letter as law, and is none. */
export class NotLaw extends Error {
  readonly source: Source | undefined
  constructor(id: string, source: Source | undefined) {
    super(
      source
        ? `${id} is not law (${source.status}): a letter does not cite it as law`
        : `${id} is no source of these rules; messlatte sources lists them`,
    )
    this.name = 'NotLaw'
    this.source = source
  }
}

/** The law among the sources of rules. */
export function lawOf(rules: readonly string[]): readonly Source[] {
  const sources = PROFILES.filter(({ id }) => rules.includes(id)).flatMap((profile) => profile.sources)
  return [...new Map(sources.filter(isLaw).map((source) => [source.id, source] as const)).values()]
}

/**
 * The sources that a letter cites as law. Only what is in force, or adopted with its day of application, can be one of them.
 * @throws NotLaw for a report, a draft, a standard, an analysis, and for what is no source at all
 */
export function citedAsLaw(ids: readonly string[]): readonly Source[] {
  const all = PROFILES.flatMap(({ sources }) => sources)
  return ids.map((id) => {
    const source = all.find((one) => one.id === id)
    if (!source || !isLaw(source)) throw new NotLaw(id, source)
    return source
  })
}
