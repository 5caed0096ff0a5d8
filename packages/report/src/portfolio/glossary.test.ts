import { PROFILES } from '@messlatte/conformity'
import type { Text } from '@messlatte/model'
import * as portfolio from '@messlatte/portfolio'
import { describe, expect, it } from 'vitest'
import { writtenIn } from '../documents/testing.ts'
import { letterPaper } from '../letter/paper.ts'
import * as letterWords from '../letter/words.ts'
import { requestPaper } from '../request/paper.ts'
import * as requestWords from '../request/words.ts'
import * as statusWords from '../status/words.ts'
import { SAMPLE_PLAN } from './testing.ts'
import * as words from './words.ts'

/** What German texts about markets must not say, and what they say instead; machine translations of others had each of them. */
export const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/platzier/i, 'in Verkehr bringen'],
  [/\bImporteur/i, 'Einführer'],
  [/Distributor|Wiederverkäufer/i, 'Händler'],
  [/autorisierte[rn]? (?:Vertreter|Repräsentant)/i, 'Bevollmächtigter'],
  [/CE-(?:Zertifi|Zeichen|Label|Markierung)/i, 'CE-Kennzeichnung'],
  [/zertifi/i, 'Bescheinigung'],
  [/(?<!nicht)\bkonform\b|compliant|compliance/i, 'kein Hindernis gefunden'],
  [/Verwundbarkeit|Verletzlichkeit/i, 'Schwachstelle'],
  [/Supportperiode|Support-Zeitraum/i, 'Unterstützungszeitraum'],
  [/harmonisierter Standard/i, 'harmonisierte Norm'],
  [/benannte Stelle/i, 'notifizierte Stelle'],
  [/Versicherungsname|Immobilie|Arm?aturenbrett|Dashboard/i, ''],
  [/\b(?:Label|Cut-?off|Supply|Tender|Batch|Stock|Policy)\b/, ''],
  [/\b(?:du|dein|deine[rmns]?|dir|dich)\b/i, 'Sie'],
  [/\b(?:fuer|ueber|koennen|muessen|Pruef\w*|Laenge|Groesse|Schluessel|Geraet\w*)\b/, ''],
]

export function forbiddenIn(german: string): readonly string[] {
  return FORBIDDEN.flatMap(([pattern]) => pattern.exec(german)?.[0] ?? [])
}

function textsOf(value: unknown): readonly Text[] {
  if (value === null || typeof value !== 'object') return []
  if ('en' in value && 'de' in value && typeof value.de === 'string') return [value as Text]
  if (value instanceof Map) return [...value.values()].flatMap(textsOf)
  return Object.values(value).flatMap(textsOf)
}

const TEXTS = [
  ...textsOf(words),
  ...textsOf(requestWords),
  ...textsOf(letterWords),
  ...textsOf(statusWords),
  ...textsOf({ ...portfolio }),
  ...textsOf(SAMPLE_PLAN.rows),
]
const OF_RULES = textsOf(
  PROFILES.map(({ title, question, consequence, caveat }) => [title, question, consequence, caveat]),
)

describe('the glossary of the portfolio', () => {
  it('has texts to look at', () => {
    expect(TEXTS.length).toBeGreaterThan(150)
  })

  it('uses no forbidden German term', () => {
    expect(
      [...TEXTS, ...OF_RULES].flatMap(({ de }) => forbiddenIn(de).map((term) => `${term}: ${de}`)),
    ).toEqual([])
  })

  it('uses none in letters and requests as they are printed', () => {
    const papers = [
      ...(['customer', 'channel', 'supplier'] as const).map((to) =>
        letterPaper(
          {
            to,
            about: 'tender',
            subject: 'AU-1',
            plan: SAMPLE_PLAN,
            rows: SAMPLE_PLAN.rows,
            findingOf: () => undefined,
          },
          'de',
        ),
      ),
      ...portfolio.requestsOf(SAMPLE_PLAN, {}).map((request) => requestPaper(request, 'de')),
    ]
    expect(papers.length).toBeGreaterThan(3)
    for (const paper of papers) {
      const text = writtenIn(paper)
      expect(text.length).toBeGreaterThan(400)
      expect(forbiddenIn(text)).toEqual([])
    }
  })

  it('says everything in both languages, with the same values', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted().join()
    expect(TEXTS.filter(({ en, de }) => en === '' || de === '' || places(en) !== places(de))).toEqual([])
  })

  it('finds what it forbids', () => {
    expect(forbiddenIn('Der Importeur platziert das CE-Label.')).toHaveLength(4)
  })
})
