import type { Claim, ClaimSet, IxitTables, ProductStatement } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { CATALOGUES } from '../catalogues/index.ts'
import { NO_CLAIMS } from '../testing.ts'
import { checkClaims } from './check.ts'
import { checkDocuments, type ProjectDocument } from './documents.ts'

const catalogue = CATALOGUES['en303645-2020']
const ALL: readonly Claim[] = catalogue.provisions.map(({ id }) => ({
  provision: id,
  support: 'Y',
  detail: 'described in the security concept',
}))
const TABLES: IxitTables = { '20-SecBoot': [{ ID: 'SecBoot-1', Description: 'chain' }] }

function findings(claims: readonly Claim[], tables: IxitTables = TABLES, traits = {}): readonly string[] {
  const set: ClaimSet = { ...NO_CLAIMS, ics: claims, tables }
  return checkClaims(set, { traits }).map(({ about, text }) => `${about}: ${text.en}`)
}

function changed(id: string, support: Claim['support'], detail: string): readonly Claim[] {
  return ALL.map((one) => (one.provision === id ? { provision: id, support, detail } : one))
}

describe('checkClaims', () => {
  it('asks for each row that is missing or, as init makes them, not filled in', () => {
    const found = findings([], {})
    expect(found).toHaveLength(68)
    expect(found.every((it) => it.endsWith(': Neither Y, N nor N/A in the ICS table'))).toBe(true)
  })

  it('asks for the tables that test cases need', () => {
    const found = findings(ALL)
    expect(found.find((it) => it.startsWith('5.3-10:'))).toMatch(/empty: 7-UpdMech/)
    expect(found.some((it) => it.startsWith('5.7-1:'))).toBe(false)
  })

  it.each([
    ['5.4-3', 'N/A', 'not there', /no condition that allows it/],
    ['5.4-3', 'N', 'too early', /mandatory provision is declared N/],
    ['5.7-1', 'N', '', /recommendation without justification/],
    ['5.7-1', 'Y', 'TBD', /without the measures/],
    ['5.7-1', 'N', '? years', /without justification/],
  ] as const)('tells %s %s %j', (id, support, detail, words) => {
    expect(
      findings(changed(id, support, detail))
        .filter((it) => it.startsWith(`${id}:`))
        .join(),
    ).toMatch(words)
  })

  it('holds rows against the answers about the product', () => {
    const consent = { 'personal-data-by-consent': true }
    expect(findings(changed('6-2', 'N/A', 'none'), TABLES, consent).join('\n')).toMatch(
      /6-2: N\/A, and by the answers/,
    )
    expect(findings(ALL, TABLES, { 'personal-data-by-consent': false }).join('\n')).toMatch(
      /6-2: Y or N, and/,
    )
  })

  it('finds doubles and placeholders in tables', () => {
    const entry = { ID: 'SecBoot-1', Description: 'TODO' }
    const found = findings(ALL, { '20-SecBoot': [entry, entry] })
    expect(found).toContain('20-SecBoot: Two entries are called SecBoot-1')
    expect(found).toContain('20-SecBoot: A placeholder: SecBoot-1: Description')
  })
})

const PRODUCT: ProductStatement = {
  maker: 'Example',
  model: 'R1',
  hardware: null,
  firmware: '1.2',
  batch: null,
}
const REPORT: ProjectDocument = {
  id: 'report-12',
  title: 'Test report 12',
  issuer: 'Example laboratory',
  accreditation: 'Example body, D-1',
  sha256: 'ab'.repeat(32),
  found: 'ab'.repeat(32),
  model: 'R1',
  hardware: 'rev C',
  firmware: '1.2',
  firmwareSha256: null,
  standard: 'EN 303 645 V2.1.1',
  edition: 'en303645-2020',
  provisions: ['5.4-3'],
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
}

function about(change: Partial<ProjectDocument>, asOf = '2026-11-28'): readonly string[] {
  return checkDocuments([{ ...REPORT, ...change }], {
    product: PRODUCT,
    asOf,
    catalogue,
    images: ['ef'.repeat(32)],
  }).map(({ text }) => text.en)
}

describe('checkDocuments', () => {
  it('has nothing against a document about this very product', () => {
    expect(about({})).toEqual([])
  })

  it('finds what is not there, another file, another product, and what has run out', () => {
    expect(about({ found: null })).toEqual(['The file is not there'])
    expect(about({ found: 'cd'.repeat(32) })).toEqual([expect.stringMatching(/SHA-256 differs/)])
    expect(about({ firmware: '1.1' })).toEqual(['Covers another firmware: 1.1, not 1.2'])
    expect(about({ hardware: 'rev D' })).toEqual([])
    expect(about({ firmwareSha256: 'cd'.repeat(32) })).toEqual([
      expect.stringMatching(/another firmware: SHA-256 cdcd/),
    ])
    expect(about({ firmwareSha256: 'ef'.repeat(32) })).toEqual([])
    expect(about({ edition: 'en303645-v3.1.3' })).toEqual([
      'Covers another edition: en303645-v3.1.3, not en303645-2020',
    ])
    expect(about({ provisions: ['5.0-1'] })).toEqual(['Names what is no provision of en303645-2020: 5.0-1'])
    expect(about({ model: null, firmware: null })).toEqual(['Does not say which model or firmware it covers'])
    expect(about({}, '2027-01-01')).toEqual(['Expired on 2026-12-31'])
    expect(about({}, '2025-12-31')).toEqual(['Valid only from 2026-01-01'])
  })
})
