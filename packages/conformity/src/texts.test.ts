import type { Text } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess } from './assess.ts'
import { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
import { EN303645_V3 } from './catalogues/en303645-v3/index.ts'
import { MENDING } from './explain/mending.ts'
import { DE_2027 } from './profiles/de-2027/index.ts'
import { PROFILES } from './profiles/index.ts'
import { WOULD_CHANGE } from './sources/would-change.ts'
import { TEST_CASES } from './test-cases/index.ts'
import { testEvidence } from './testing.ts'
import { DERIVATIONS } from './traits/derivations.ts'
import { TRAITS } from './traits/questions.ts'

const FORBIDDEN = /\bcompliant|\bcertified|konform(?!itäts(?:vermutung|bewertung))|zertifiziert/i

/** An assessment that goes through every kind of reason. */
const SPOKEN = [true, false].flatMap((partial) =>
  [{}, { 'network-updates': false, constrained: true, 'passwords-used': false }].map((statedTraits) =>
    assess({
      catalogue: EN303645_2020,
      profiles: [DE_2027],
      statedTraits,
      asOf: '2027-01-02',
      partial,
      evidence: [
        testEvidence('against', ['5.1-1', '5.7-1'], { kind: 'account.password.weak' }),
        testEvidence('against', ['5.4-3'], { grade: 'low' }),
        testEvidence('for', ['5.3-9', '5.7-2'], { kind: 'update.signature.required' }),
        testEvidence('for', ['5.3-7'], { level: 'E4' }),
        testEvidence('neutral', ['5.3-13'], { kind: 'support.period' }),
        testEvidence('neutral', ['5.4-1'], { kind: 'scope.opaque-image' }),
      ],
    }),
  ),
)

function isText(value: object): value is Text {
  return 'en' in value && 'de' in value
}

function textsIn(value: unknown): readonly Text[] {
  if (value === null || typeof value !== 'object') return []
  return isText(value) ? [value] : Object.values(value).flatMap(textsIn)
}

const TEXTS = textsIn([
  EN303645_2020,
  EN303645_V3,
  PROFILES,
  TRAITS,
  DERIVATIONS,
  SPOKEN,
  WOULD_CHANGE,
  Object.values(TEST_CASES),
  MENDING,
])

describe('texts', () => {
  it('are found at all', () => {
    expect(TEXTS.length).toBeGreaterThan(400)
  })

  it('stand in both languages, trimmed and different', () => {
    for (const { en, de } of TEXTS) {
      expect(en.trim(), de).toBe(en)
      expect(de.trim(), en).toBe(de)
      expect(en.length, de).toBeGreaterThan(3)
      expect(de.length, en).toBeGreaterThan(3)
      expect(de).not.toBe(en)
    }
  })

  it('never use words that are not ours', () => {
    for (const { en, de } of TEXTS) {
      expect(en).not.toMatch(FORBIDDEN)
      expect(de).not.toMatch(FORBIDDEN)
    }
  })

  it('write German with umlauts', () => {
    for (const { de } of TEXTS) expect(de).not.toMatch(/\b(fuer|ueber|koenn|muess|Geraet|Schluessel|Pruef)/)
  })

  it('keep titles to one line', () => {
    for (const { id, title } of [...EN303645_2020.provisions, ...EN303645_V3.provisions]) {
      expect(title.en.length, id).toBeLessThanOrEqual(130)
      expect(title.de.length, id).toBeLessThanOrEqual(150)
    }
  })

  it('would be caught with a forbidden word', () => {
    expect('This device is compliant').toMatch(FORBIDDEN)
    expect('normkonform').toMatch(FORBIDDEN)
  })
})
