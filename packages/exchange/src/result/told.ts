import type { Confidence, Evidence, Language, Text } from '@messlatte/model'
import { JsonError, type StrictJson } from '../json/strict.ts'

/** The sentences of a piece of evidence. */
export type Told = Pick<Evidence, 'overturnedBy' | 'title'> & { readonly reason: Confidence['reason'] }

/** The language that a file is not written in. */
export const OTHER = { en: 'de', de: 'en' } as const satisfies Readonly<Record<Language, Language>>

/**
 * The sentences in the language that the file does not have, beside those that it has and under the same names: whoever asks a file
 * for its titles gets one of each, and a reader of the other language loses none.
 */
export function translationJson({ title, confidence, overturnedBy }: Evidence, language: Language) {
  const other = OTHER[language]
  return {
    language: other,
    title: title[other],
    confidence: { reason: confidence.reason[other] },
    ...(overturnedBy === undefined ? {} : { overturnedBy: overturnedBy[other] }),
  }
}

/** The sentences of a stored piece of evidence in both languages. @throws JsonError */
export function toldOf(one: StrictJson, language: Language | null): Told {
  const told = bothOf(one, language)
  return {
    title: told((from) => from.at('title')),
    reason: told((from) => from.at('confidence').at('reason')),
    ...(one.has('overturnedBy') ? { overturnedBy: told((from) => from.at('overturnedBy')) } : {}),
  }
}

/**
 * Reads sentences of something stored beside their `translation`. Where it has none (an older file) the one that it has stands for
 * both. @throws JsonError
 */
export function bothOf(
  one: StrictJson,
  language: Language | null,
): (sentence: (from: StrictJson) => StrictJson) => Text {
  const translation = one.has('translation') ? one.at('translation') : undefined
  const other = translation?.at('language').oneOf(['en', 'de'] as const)
  if (other !== undefined && other === language)
    throw new JsonError({
      en: `a translation into ${other}, which the result is written in`,
      de: `eine Übersetzung in die Sprache „${other}“, in der das Ergebnis geschrieben ist`,
    })
  return (sentence) => {
    const own = sentence(one).text()
    if (translation === undefined || other === undefined) return { en: own, de: own }
    const translated = sentence(translation).text()
    return other === 'de' ? { en: own, de: translated } : { en: translated, de: own }
  }
}
