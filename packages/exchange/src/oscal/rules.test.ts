import { CATALOGUES, PROFILES } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { writeOscalCatalog, writeOscalRequirements } from './catalog.ts'
import { writeOscalProfile } from './profile.ts'

interface Control {
  readonly id: string
  readonly title: string
  readonly props: readonly { readonly name: string; readonly value: string; readonly ns?: string }[]
  readonly links: readonly { readonly href: string }[]
  readonly parts: readonly { readonly id: string; readonly name: string }[]
}
interface Written {
  readonly uuid: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly groups: readonly { readonly id: string; readonly controls: readonly Control[] }[]
  readonly imports: readonly Readonly<Record<string, unknown>>[]
  readonly modify?: {
    readonly alters: readonly {
      readonly 'control-id': string
      readonly adds: readonly (Partial<Control> & Pick<Control, 'links'>)[]
    }[]
  }
  readonly 'back-matter': {
    readonly resources: readonly { readonly uuid: string; readonly props: Control['props'] }[]
  }
}

const EDITION = CATALOGUES['en303645-2020']
const rule = (id: string) => PROFILES.find((one) => one.id === id && one.edition === EDITION.edition)!
const catalog = (text: string | undefined): Written => JSON.parse(text ?? '{}').catalog
const profile = (id: string, language: Language = 'en'): Written =>
  JSON.parse(writeOscalProfile(rule(id), EDITION, 'x.json', language)).profile
const controls = ({ groups }: Written) => groups.flatMap((group) => group.controls)

/** By NIST's models of version 1.2.1; `docs/exports.md` says with what all of them were validated. */
describe('an edition as an OSCAL catalog', () => {
  it.each([
    ['en303645-2020', 68],
    ['en303645-v3.1.3', 78],
  ] as const)('has every provision of %s once, each with a source that is there', (edition, count) => {
    const written = catalog(writeOscalCatalog(CATALOGUES[edition], 'en'))
    const all = controls(written)
    expect(new Set(all.map(({ id }) => id)).size).toBe(count)
    const known = written['back-matter'].resources.map(({ uuid }) => `#${uuid}`)
    for (const { id, links } of all) for (const { href } of links) expect(known, id).toContain(href)
    expect(written.metadata['oscal-version']).toBe('1.2.1')
  })

  it('has the 109 test cases as objectives, and no id twice', () => {
    const parts = controls(catalog(writeOscalCatalog(EDITION, 'en'))).flatMap((one) => one.parts)
    expect(parts.filter(({ name }) => name === 'assessment-objective')).toHaveLength(109)
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
  })

  it('is another document in German, and the same bytes each time', () => {
    expect(catalog(writeOscalCatalog(EDITION, 'de')).uuid).not.toBe(
      catalog(writeOscalCatalog(EDITION, 'en')).uuid,
    )
    expect(writeOscalCatalog(EDITION, 'de')).toBe(writeOscalCatalog(EDITION, 'de'))
  })
})

describe('what a law asks as an OSCAL catalog', () => {
  it.each(['eu-cra-2027', 'eu-red-2025', 'uk-psti'])(
    'has every requirement of %s, and says whose each line is',
    (id) => {
      const all = controls(catalog(writeOscalRequirements(rule(id), 'en')))
      expect(all).toHaveLength(rule(id).requirements.length)
      const lines = rule(id).requirements.flatMap((one) => one.lines)
      expect(
        all.flatMap(({ props }) => props.filter(({ name }) => name === 'mapped-provision')),
      ).toHaveLength(lines.length)
    },
  )

  it('is none where a rule has no numbering of its own', () => {
    expect(writeOscalRequirements(rule('de-2027'), 'en')).toBeUndefined()
  })
})

describe('a rule as an OSCAL profile', () => {
  it('says of each raised provision from what kind of source it is', () => {
    const { modify, imports } = profile('de-2027')
    const ids = modify?.alters.map((one) => one['control-id'])
    expect(new Set(ids).size).toBe(ids?.length)
    const raised = modify?.alters.find((one) => one['control-id'] === 'p-5.7-1')?.adds[0]
    expect(raised?.props?.map(({ name, value }) => [name, value])).toEqual([
      ['status-under-rule', 'M'],
      ['status-under-rule-source', 'reported'],
    ])
    expect(raised?.parts?.every(({ name }) => name === 'criterion')).toBe(true)
    expect(imports[0]).toEqual({ href: 'x.json', 'include-all': {} })
  })

  it('takes all of its own requirements where it has its own numbering', () => {
    expect(profile('uk-psti').imports[0]).toEqual({ href: 'x.json', 'include-all': {} })
    expect(profile('uk-psti').modify).toBeUndefined()
  })

  it('names sources with their status, and its own only in our namespace', () => {
    for (const { id } of PROFILES)
      for (const { props } of profile(id)['back-matter'].resources) {
        expect(props.some(({ name }) => name === 'source-status')).toBe(true)
        for (const { ns } of props) expect(ns).toBe('urn:messlatte:oscal')
      }
  })
})
