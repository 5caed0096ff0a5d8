import { describe, expect, it } from 'vitest'
import { CATALOGUES } from '../catalogues/index.ts'
import { EVIDENCE_KINDS } from '../kinds.ts'
import { PROFILES } from '../profiles/index.ts'
import { TEST_CASES } from '../test-cases/index.ts'
import { explain } from './explain.ts'
import { MENDING } from './mending.ts'

function provision(id: string) {
  const found = explain(id).find((one) => one.kind === 'provision')
  if (found?.kind !== 'provision') throw new Error(`no provision ${id}`)
  return found
}

describe('explain', () => {
  it('tells a provision in both editions, with profiles, evidence, laboratory and sources', () => {
    const { editions, profiles, evidence, mending, sources } = provision('5.7-1')
    expect(editions.map(({ edition, status }) => [edition, status])).toEqual([
      ['en303645-2020', 'R'],
      ['en303645-v3.1.3', 'R'],
    ])
    expect(editions[0]?.cases.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '5.7-1-1 conceptual',
      '5.7-1-2 functional',
    ])
    expect(profiles.find(({ profile, kind }) => profile === 'de-2027' && kind === 'raised')).toMatchObject({
      sourceStatus: 'reported',
    })
    expect(profiles.some(({ profile, kind }) => profile === 'eu-red-2025' && kind === 'leads-to')).toBe(true)
    expect(evidence.map(({ kind }) => kind)).toContain('boot.chain.absent')
    expect(mending?.de).toMatch(/dm-verity/)
    expect(sources.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['en303645-v2.1.1', 'en303645-v3.1.3', 'report-2026-07', 'bsi-tr-03183-1']),
    )
  })

  it('tells each kind of finding in papers that a log names', () => {
    for (const id of ['claims.admission', 'claims.missing', 'documents.finding'])
      expect(explain(id)).toMatchObject([{ kind: 'papers', id }])
    expect(explain('claims.toString')).toEqual([])
  })

  it('tells a provision that only V3.1.3 has by the evidence on what it came from', () => {
    const { editions, evidence } = provision('5.3-4A')
    expect(editions[0]?.origin).toMatchObject({ from: '5.3-4', change: 'split' })
    expect(evidence).toEqual(provision('5.3-4').evidence)
  })

  it('tells every provision, case, requirement, profile, checklist and kind there is', () => {
    const names = [
      ...Object.values(CATALOGUES).flatMap(({ provisions }) => provisions.map(({ id }) => id)),
      ...Object.values(TEST_CASES).flatMap((cases) => cases.map(({ id }) => id)),
      ...PROFILES.flatMap(({ id, requirements, checklists }) => [
        id,
        ...requirements.map((one) => one.id),
        ...checklists.map((one) => one.id),
      ]),
      ...EVIDENCE_KINDS.map(({ kind }) => kind),
    ]
    for (const name of names) expect(explain(name).length, name).toBeGreaterThan(0)
  })

  it('gives each a source', () => {
    for (const { id } of CATALOGUES['en303645-2020'].provisions)
      expect(provision(id).sources.length).toBeGreaterThan(1)
    for (const { id } of PROFILES.flatMap(({ requirements }) => requirements))
      for (const one of explain(id)) expect('sources' in one && one.sources.length > 0, id).toBe(true)
  })

  it('takes a name in whatever case, and nothing for a name that nothing has', () => {
    expect(explain('cck-3').map(({ kind }) => kind)).toEqual(['requirement'])
    expect(explain('5.99-1')).toEqual([])
    expect(explain('constructor')).toEqual([])
  })

  it('says how to mend what exists', () => {
    const ids = CATALOGUES['en303645-2020'].provisions.map(({ id }) => id)
    for (const id of Object.keys(MENDING)) expect(ids).toContain(id)
  })
})
