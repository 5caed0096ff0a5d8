import { assess, CATALOGUES, PROFILES, planTests } from '@messlatte/conformity'
import type { Claim, Evidence, IxitTables, Papers, TestVerdicts, Waiver } from '@messlatte/model'
import type { PaperInput } from '../papers/input.ts'
import { SAMPLE_EVIDENCE } from './sample-evidence.ts'

export const NO_PAPERS: Papers = {
  maker: { address: null, website: null, email: null, representative: null },
  product: {
    type: null,
    identification: null,
    purpose: null,
    environment: null,
    functions: null,
    properties: null,
    risks: null,
    accessories: null,
  },
  support: { kind: null, until: null, reasons: null },
  vulnerabilities: { contact: null, policy: null, times: null, distribution: null, components: null },
  declaration: {
    address: null,
    instructions: null,
    procedure: null,
    notifiedBody: null,
    certificate: null,
    standards: [],
    otherActs: [],
  },
  signatory: { name: null, role: null, place: null },
  enclosed: {
    photographs: [],
    design: [],
    'vulnerability-handling': [],
    production: [],
    'risk-assessment': [],
    'support-period': [],
    'test-reports': [],
    declaration: [],
  },
}

export const FULL_PAPERS: Papers = {
  maker: {
    address: 'Weg 1, Berlin',
    website: 'https://horizon.example',
    email: 'a@horizon.example',
    representative: 'Rep AG',
  },
  product: {
    type: 'gateway',
    identification: 'S/N 1-100',
    purpose: 'joins sensors',
    environment: 'a home',
    functions: 'forwards readings',
    properties: 'signed updates',
    risks: 'none known',
    accessories: 'none',
  },
  support: { kind: 'updates', until: '2032-06-30', reasons: 'use of similar products' },
  vulnerabilities: {
    contact: 'security@horizon.example',
    policy: 'https://horizon.example/cvd',
    times: '2 days, 14 days',
    distribution: 'signed, over TLS',
    components: 'sbom.json',
  },
  declaration: {
    address: 'https://horizon.example/doc',
    instructions: 'https://horizon.example/manual',
    procedure: 'module A',
    notifiedBody: 'none',
    certificate: 'none',
    standards: [
      { title: 'EN 18031-1:2024', extent: 'whole', citedIn: 'Decision (EU) 2025/138', about: null },
      { title: 'prEN 40000-1-2', extent: 'part', citedIn: null, about: null },
      { title: 'ETSI EN 303 645 V2.1.1', extent: 'whole', citedIn: 'OJ X', about: null },
    ],
    otherActs: ['Directive 2014/30/EU'],
  },
  signatory: { name: 'A. Muster', role: 'head of products', place: 'Berlin' },
  enclosed: { ...NO_PAPERS.enclosed, 'risk-assessment': ['risk'], 'test-reports': ['lab'] },
}

const CLAIMS: readonly Claim[] = [{ provision: '5.4-3', support: 'Y', detail: 'none there' }]

const DECISION = {
  id: 'd-1',
  provision: '5.1-1',
  case: '5.1-1-1',
  unit: 'a',
  rule: 'baseline',
  verdict: 'pass',
  by: 'A. Prüfer',
  on: '2026-10-01',
  until: '2027-10-01',
  reason: 'read the concept',
  method: 'desk',
  evidence: [],
} as const
const DECISIONS: PaperInput['decisions'] = [
  { ...DECISION, lapsed: null },
  {
    ...DECISION,
    id: 'd-2',
    case: '5.1-1-2',
    unit: 'b',
    lapsed: { en: 'lapsed: other evidence', de: 'erloschen: andere Befunde' },
  },
]
const DECIDED_CASES: TestVerdicts['cases'] = [
  {
    id: '5.1-1-1',
    provision: '5.1-1',
    verdict: 'pass',
    units: [{ unit: 'a', verdict: 'pass' }],
    failsBy: [],
  },
  {
    id: '5.1-2-1',
    provision: '5.1-2',
    verdict: 'inconclusive',
    units: [{ unit: 'a', verdict: 'inconclusive' }],
    failsBy: [],
  },
]
const WAIVER: Waiver = {
  id: 'w-1',
  provision: '5.2-2',
  rule: 'baseline',
  scope: { model: null, hardware: null, firmware: null },
  by: 'B. Leiter',
  on: '2026-10-01',
  until: '2026-12-31',
  reason: 'until the new process',
}
const COMPARISON: PaperInput['comparisons'][number] = {
  of: 'entry',
  about: '13-SoftServ',
  name: 'telnetd',
  result: 'undeclared',
  claimed: '',
  observed: { en: 'a login on port 23', de: 'eine Anmeldung auf Port 23' },
  evidence: [],
}

/** A folder assessed under the rule as reported and under three laws. */
export function samplePaperInput(
  papers: Papers,
  evidence: readonly Evidence[] = SAMPLE_EVIDENCE,
): PaperInput {
  const catalogue = CATALOGUES['en303645-2020']
  const rules = ['de-2027', 'eu-cra-2027', 'eu-red-2025', 'uk-psti']
  const assessment = assess({
    catalogue,
    profiles: PROFILES.filter(({ id, edition }) => edition === catalogue.edition && rules.includes(id)),
    evidence,
    statedTraits: {},
    asOf: '2026-11-28',
    partial: false,
    claims: CLAIMS,
  })
  const named = papers === FULL_PAPERS
  const tables: IxitTables = {
    '10-SecParam': [{ ID: 'SecParam-1' }, {}],
  }
  return {
    product: {
      maker: named ? 'Horizon GmbH' : null,
      model: named ? 'GW-1' : null,
      hardware: named ? 'B' : null,
      firmware: named ? '1.2.0' : null,
      batch: named ? '2026-48' : null,
    },
    papers,
    assessment,
    claims: CLAIMS,
    decisions: named ? DECISIONS : [],
    waivers: named ? [WAIVER] : [],
    comparisons: named ? [COMPARISON] : [],
    documents: ['risk', 'lab'].map((id) => ({
      id,
      title: `the ${id} paper`,
      issuer: 'Lab',
      sha256: 'aa'.repeat(32),
      found: 'aa'.repeat(32),
      model: null,
      hardware: null,
      firmware: null,
      firmwareSha256: null,
      accreditation: null,
      standard: null,
      edition: null,
      provisions: [],
      validFrom: null,
      validUntil: null,
    })),
    documentFindings: [
      { document: 'lab', text: { en: 'Expired on 2026-01-01', de: 'Abgelaufen am 2026-01-01' } },
    ],
    evidence,
    plan: planTests(assessment, tables, CLAIMS, evidence, named ? DECIDED_CASES : []),
    results: named
      ? [
          {
            name: '1.json',
            sha256: 'bb'.repeat(32),
            tool: 'messlatte 0.1.0',
            images: [{ name: 'fw.bin', size: 9, sha256: 'cc'.repeat(32) }],
          },
        ]
      : [],
  }
}
