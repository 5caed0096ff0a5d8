import { CATALOGUES, PROFILES, sourceTitle } from '@messlatte/conformity'
import type { Language, Source } from '@messlatte/model'
import type { DocumentSource } from '../documents/model.ts'
import { day } from '../figures.ts'
import { fill } from '../text.ts'
import { REGISTER_WORDS, SOURCE_STATUS_WORDS } from '../words.ts'

/** Rules under which something can be declared: those that are law and that have a form for it. */
export const DECLARABLE = ['eu-cra-2027', 'eu-red-2025', 'uk-psti'] as const
export type Declarable = (typeof DECLARABLE)[number]

export function isDeclarable(rule: string): rule is Declarable {
  return (DECLARABLE as readonly string[]).includes(rule)
}

/** Law: in force, or adopted and to apply from a day. A draft, a report, a standard or our own analysis is none. */
export function isLaw({ status }: Source): boolean {
  return status === 'in-force' || status === 'applies-from'
}

/** Sources of the rules that go by these names, profiles and editions, each once. */
export function sourcesOf(rules: readonly string[]): readonly Source[] {
  const used = [
    ...Object.values(CATALOGUES).filter(({ edition }) => rules.includes(edition)),
    ...PROFILES.filter(({ id }) => rules.includes(id)),
  ].flatMap(({ sources }) => sources)
  return [...new Map(used.map((source) => [source.id, source])).values()]
}

/** Sources as a document lists them: law first, and each with what it is. */
export function listed(sources: readonly Source[], language: Language): readonly DocumentSource[] {
  return [...sources.filter(isLaw), ...sources.filter((one) => !isLaw(one))].map((source) => ({
    id: source.id,
    title: sourceTitle(source)[language],
    status: statusOf(source, language),
    checked: day(source.checked, language),
  }))
}

/** `in force, from 29 April 2024`. */
export function statusOf({ status, appliesFrom }: Source, language: Language): string {
  const word = SOURCE_STATUS_WORDS[status][language]
  return appliesFrom === undefined
    ? word
    : `${word}, ${fill(REGISTER_WORDS.from, language, { day: day(appliesFrom, language) })}`
}
