import { PROFILES } from '@messlatte/conformity'
import type { Source, Text } from '@messlatte/model'
import { isLaw } from '../papers/law.ts'
import { SOURCE_STATUS_WORDS } from '../words.ts'

/** A source that is to stand in a letter as law, and is none. */
export class NotLaw extends Error {
  readonly source: Source | undefined
  readonly text: Text
  constructor(id: string, source: Source | undefined) {
    const text = source ? noLaw(id, source) : noSource(id)
    super(text.en)
    this.text = text
    this.name = 'NotLaw'
    this.source = source
  }
}

function noLaw(id: string, { status }: Source): Text {
  const { en, de } = SOURCE_STATUS_WORDS[status]
  return {
    en: `${id} is not law (${en}): a letter does not cite it as law`,
    de: `${id} ist kein Recht (${de}): ein Brief führt es nicht als Recht an`,
  }
}

function noSource(id: string): Text {
  return {
    en: `${id} is no source of these rules; messlatte sources lists them`,
    de: `${id} ist keine Quelle dieser Regeln; messlatte sources listet sie`,
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
