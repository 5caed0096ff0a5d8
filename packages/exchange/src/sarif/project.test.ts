import { describe, expect, it } from 'vitest'
import { rich } from '../testing/sample.ts'
import { type ProjectSarif, writeProjectSarif } from './project.ts'

const words = (en: string) => ({ en, de: `${en} (de)` })
const file = (name: string, value: unknown) => ({
  uri: `conformity/${name}`,
  text: JSON.stringify(value, null, 2),
})

const PROJECT: ProjectSarif = {
  tool: { name: 'messlatte', version: '0.1.0' },
  assessment: rich.assessment,
  evidence: rich.evidence,
  results: [{ images: rich.images }, { images: rich.images }],
  partial: false,
  uriOf: (file) => file.replace('../', ''),
  claimFindings: [
    { code: 'placeholder', about: '7-UpdMech', text: words('Upd-B: Description'), fails: ['5.3-13'] },
    { code: 'missing', about: '5.3-2', text: words('no verdict'), from: 'self-assessment' },
    { code: 'without-reason', about: '5.3-2', text: words('no reason') },
    { code: 'missing', about: 'Model', text: words('empty') },
  ],
  documentFindings: [{ document: 'report-2', text: words('Expired') }],
  texts: {
    'ics.json': file('ics.json', { rows: { '5.3-20': {}, '5.3-2': {} } }),
    'ixit.json': file('ixit.json', {
      '7-UpdMech': [{ ID: 'Upd-A' }, { ID: 'Upd-B' }],
      '8-UpdProc': [{ ID: 'Upd-B' }],
    }),
    'self-assessment.json': file('self-assessment.json', { groups: [{ provision: '5.3-2' }] }),
    'documents.json': file('documents.json', [{ id: 'report-1' }, { id: 'report-2' }]),
  },
}

interface Physical {
  readonly artifactLocation: { readonly uri: string }
  readonly region?: { readonly startLine: number }
}

describe('writeProjectSarif', () => {
  const [run] = JSON.parse(writeProjectSarif(PROJECT, 'de')).runs
  const papers = run.results.slice(-5)
  const places = papers.map(({ locations }: { locations: readonly { physicalLocation: Physical }[] }) => {
    const place = locations[0]?.physicalLocation
    return `${place?.artifactLocation.uri}:${place?.region?.startLine ?? '-'}`
  })

  it('has what check tells, then the findings in papers, each under a rule that is listed', () => {
    expect(run.results).toHaveLength(4 + 5)
    expect(run.artifacts).toHaveLength(rich.images.length)
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })

  it('names the line of the entry, row, group or document, and else the file alone', () => {
    expect(places).toEqual([
      'conformity/ixit.json:7',
      'conformity/self-assessment.json:4',
      'conformity/ics.json:4',
      'dut.json:-',
      'conformity/documents.json:6',
    ])
  })

  it('names the supplier’s own file where that is known, and the folder’s file beside it', () => {
    const [first, ...others] = PROJECT.claimFindings
    const origin = { file: '../supplier/a.xlsx', sheet: '7-UpdMech', cell: 'B3' }
    const project = { ...PROJECT, claimFindings: [{ ...first!, origin }, ...others] }
    const result = JSON.parse(writeProjectSarif(project, 'de')).runs[0].results[4]
    expect(result.message.text).toMatch(/\(\.\.\/supplier\/a\.xlsx, Blatt 7-UpdMech, Zelle B3\)$/)
    expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'supplier/a.xlsx' } })
    expect(result.relatedLocations[0].physicalLocation.region).toEqual({ startLine: 7 })
  })

  it('calls an error only what disproves a provision by itself', () => {
    expect(papers.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      'warning',
      'warning',
      'warning',
      'warning',
    ])
    expect(papers[4].message.text).toBe('report-2: Expired (de)')
  })

  it('knows a finding again in the other language', () => {
    const prints = (language: 'en' | 'de') =>
      JSON.parse(writeProjectSarif(PROJECT, language)).runs[0].results.map(
        ({ partialFingerprints }: { partialFingerprints: object }) => partialFingerprints,
      )
    expect(prints('en')).toEqual(prints('de'))
  })
})
