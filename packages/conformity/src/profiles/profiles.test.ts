import type { Edition } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { CATALOGUES } from '../catalogues/index.ts'
import type { CatalogueRule } from '../rules.ts'
import { traitsOf } from '../traits/condition.ts'
import { TRAITS } from '../traits/questions.ts'
import { DE_2027 } from './de-2027/index.ts'
import { PROFILE_IDS, PROFILES } from './index.ts'

describe.each(PROFILES.map((profile) => ({ ...profile, name: `${profile.id} over ${profile.edition}` })))(
  'profile $name',
  (profile) => {
    const catalogue = (CATALOGUES as Partial<Record<Edition, CatalogueRule>>)[profile.edition]!
    const ids = catalogue.provisions.map(({ id }) => id)
    const lines = [...profile.overrides, ...profile.criteria, ...profile.requirements]
    const named = [
      ...lines.map(({ source }) => source),
      ...profile.requirements.flatMap((one) => one.lines.map(({ source }) => source)),
      ...profile.checklists.map(({ source }) => source),
    ]

    it('stands over a catalogue that we have, and asks for something', () => {
      expect(catalogue.edition).toBe(profile.edition)
      expect(profile.asks === 'all' || profile.asks.length + profile.requirements.length > 0).toBe(true)
    })

    it('overrides each provision once, and really changes it', () => {
      const overridden = profile.overrides.map(({ id }) => id)
      expect(new Set(overridden).size).toBe(overridden.length)
      for (const { id, to } of profile.overrides) {
        expect(catalogue.provisions.find((provision) => provision.id === id)?.status, id).not.toBe(to)
        expect(ids, id).toContain(id)
      }
    })

    it('hangs each criterion on a provision that exists, with something to ask for', () => {
      for (const { id, provision, missing } of profile.criteria) {
        expect(ids, id).toContain(provision)
        expect(missing.length, id).toBeGreaterThan(0)
      }
    })

    it('names only traits that have a question', () => {
      const known = TRAITS.map(({ id }) => id)
      const conditions = [
        ...profile.criteria.map(({ needs }) => needs),
        ...profile.requirements.flatMap(({ condition, needs }) => [condition, needs]),
      ]
      for (const one of conditions)
        for (const trait of one ? traitsOf(one) : []) expect(known).toContain(trait)
    })

    it('gives every line a source whose status is the line’s', () => {
      for (const { id, source, sourceStatus } of lines) {
        expect(profile.sources.find((one) => one.id === source)?.status, id).toBe(sourceStatus)
      }
    })

    it('uses every source that it lists, and names no other', () => {
      const listed = profile.sources.map(({ id }) => id)
      expect([...new Set(named)].sort()).toEqual([...listed].sort())
    })

    it('asks in its own numbering each thing once, and asks for what would settle it', () => {
      const own = profile.requirements.map(({ id }) => id)
      expect(new Set(own).size).toBe(own.length)
      for (const { id, missing } of profile.requirements) expect(missing.length, id).toBeGreaterThan(0)
    })

    it('leads to its requirements from provisions that exist, each by one line', () => {
      for (const { id, lines: ways } of profile.requirements) {
        const from = ways.map(({ provision }) => provision)
        expect(new Set(from).size, id).toBe(from.length)
        for (const provision of from) expect(ids, id).toContain(provision)
      }
    })

    it('has a zone that exists and a cut-off that is a day', () => {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: profile.zone })).not.toThrow()
      expect(profile.lastFreeDay ?? '2000-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/)
    })
  },
)

describe('the list of profiles', () => {
  it('has each id once for an edition', () => {
    const keys = PROFILES.map(({ id, edition }) => `${id} ${edition}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(PROFILE_IDS).toEqual(['de-2027', 'eu-red-2025', 'eu-cra-2027', 'uk-psti', 'bsi-label'])
  })
})

describe('de-2027', () => {
  const { overrides, criteria, caveat, lastFreeDay, zone } = DE_2027

  it('takes from the report what the report says, and marks the rest as analysis', () => {
    const status = Object.fromEntries([...overrides, ...criteria].map((line) => [line.id, line.sourceStatus]))
    expect(status).toEqual({
      '5.7-1': 'reported',
      '5.7-2': 'analysis',
      '5.3-1': 'analysis',
      '5.3-4': 'analysis',
      '5.3-5': 'analysis',
      '5.3-9': 'analysis',
      'ota-capability': 'reported',
      'ota-constrained-too': 'reported',
      'hardware-root-of-trust': 'analysis',
    })
    expect(overrides.every(({ to }) => to === 'M')).toBe(true)
  })

  it('says that no primary source was found, and until when', () => {
    expect(caveat.en).toMatch(/2 July 2026.*no primary source.*22 November 2026/)
    expect(caveat.de).toMatch(/2\. Juli 2026.*22\. November 2026.*keine Primärquelle/)
    expect([lastFreeDay, zone]).toEqual(['2027-01-01', 'Europe/Berlin'])
  })
})
