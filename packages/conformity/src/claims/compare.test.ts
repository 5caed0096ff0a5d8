import type { Claim, ClaimSet, Evidence, IxitTables, Json } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess } from '../assess.ts'
import { EN303645_2020 } from '../catalogues/en303645-2020/index.ts'
import { NO_CLAIMS, resultOn, testAssessment, testEvidence } from '../testing.ts'
import { compareClaims, undeclared } from './compare.ts'
import type { DocumentFinding, ProjectDocument } from './documents.ts'
import { effectsOf } from './effects.ts'

const row = (provision: string, support: Claim['support']): Claim => ({ provision, support, detail: 'so' })

function compared(claims: Partial<ClaimSet>, evidence: readonly Evidence[], traits = {}) {
  const set = { ...NO_CLAIMS, ...claims }
  const { claims: effective, ...effects } = effectsOf(set, [], EN303645_2020, evidence)
  const assessment = assess({
    catalogue: EN303645_2020,
    profiles: [],
    evidence,
    statedTraits: traits,
    asOf: '2026-11-28',
    partial: false,
    claims: effective,
    effects,
  })
  return {
    verdict: (id: string) => resultOn(id, assessment).baseline.verdict,
    lines: compareClaims(assessment, EN303645_2020, set, effective, evidence).map(
      ({ of, about, name, result }) => [of, about, name, result].filter((part) => part !== '').join(' '),
    ),
  }
}

const TELNET = testEvidence('neutral', ['5.6-1'], {
  kind: 'service.network.listening',
  observation: { services: [{ command: '/usr/sbin/telnetd -F', ports: ['23/tcp'] }] },
})
const KEY = testEvidence('against', ['5.4-3'], { kind: 'key.private', path: 'fw.bin/etc/server.key' })

describe('claims beside evidence, by provision', () => {
  it.each([
    ['Y', 'against', 'mismatch'],
    ['Y', 'for', 'match'],
    ['Y', 'neutral', 'insufficient'],
    ['Y', null, 'not-observed'],
    ['N', 'against', 'match'],
    ['N', 'for', 'mismatch'],
    ['N/A', 'against', 'mismatch'],
    ['N/A', null, 'not-observed'],
  ] as const)('%s and what speaks %s is %s', (support, polarity, result) => {
    const evidence = polarity === null ? [] : [testEvidence(polarity, ['5.5-1'])]
    expect(compared({ ics: [row('5.5-1', support)] }, evidence).lines).toEqual([`provision 5.5-1 ${result}`])
  })

  it('is undeclared where nothing is claimed, and not applicable where its condition does not hold', () => {
    expect(compared({}, [testEvidence('against', ['5.5-1'])]).lines).toEqual(['provision 5.5-1 undeclared'])
    expect(compared({ ics: [row('6-2', 'N/A')] }, [], { 'personal-data-by-consent': false }).lines).toEqual([
      'provision 6-2 not-applicable',
    ])
  })

  it('is not enough with low confidence', () => {
    const weak = testEvidence('against', ['5.5-1'], { grade: 'low' })
    expect(compared({ ics: [row('5.5-1', 'Y')] }, [weak]).lines).toEqual(['provision 5.5-1 insufficient'])
  })
})

describe('claims beside evidence, by entry', () => {
  it('know a service by its program or by what it speaks, as a whole word', () => {
    const tables = (text: string): IxitTables => ({
      '13-SoftServ': [{ ID: 'SoftServ-1', Description: text }],
    })
    const lines = (text: string) => compared({ tables: tables(text) }, [TELNET]).lines
    expect(lines('Remote shell by Telnet')).toEqual(['entry 13-SoftServ SoftServ-1 match'])
    expect(lines('Started as telnetd')).toEqual(['entry 13-SoftServ SoftServ-1 match'])
    expect(lines('mytelnetx')).toEqual([
      'entry 13-SoftServ SoftServ-1 not-observed',
      'observation 13-SoftServ telnetd undeclared',
    ])
  })

  it('contradict a service that is said to be off', () => {
    const tables: IxitTables = {
      '13-SoftServ': [{ ID: 'S', Description: 'Telnet', Status: '**Disabled** by default' }],
    }
    expect(compared({ tables }, [TELNET]).lines).toEqual(['entry 13-SoftServ S mismatch'])
  })

  it.each<readonly [string, string, Json, string, string]>([
    ['key.private', '10-SecParam', {}, 'etc/server.key', 'server.key'],
    ['key.private', '10-SecParam', { spkiSha256: '1f'.repeat(32) }, 'etc/k.pem', '1f1f1f1f1f1f1f1f'],
    ['account.password.weak', '1-AuthMech', { user: 'support' }, 'etc/shadow', 'the user support'],
    [
      'update.transport.plain-http',
      '7-UpdMech',
      { url: 'http://updates.example.net/a' },
      'x',
      'updates.example.net',
    ],
    ['service.shell.console', '15-Intf', { terminal: 'ttyS0' }, 'etc/inittab', 'a serial port'],
    ['update.client', '7-UpdMech', { client: 'rauc' }, 'x', 'RAUC bundles'],
  ])('%s belongs into %s', (kind, table, observation, path, words) => {
    const evidence = [testEvidence('neutral', ['5.4-1'], { kind, observation, path: `fw.bin/${path}` })]
    const found = (text: string) =>
      undeclared({ tables: { [table]: [{ ID: 'X', Description: text }] } }, evidence)
    expect(found(words)).toEqual([])
    expect(found('something else')).toHaveLength(1)
    expect(undeclared({ tables: {} }, evidence)).toEqual([])
  })

  it('tell of boots whatever their name', () => {
    const tables: IxitTables = { '20-SecBoot': [{ ID: 'B', Description: 'chain' }] }
    const boot = (polarity: 'for' | 'against' | 'neutral') =>
      compared({ tables }, [testEvidence(polarity, ['5.7-1'], { kind: 'boot.esp.signature' })]).lines[1]
    expect([boot('for'), boot('against'), boot('neutral')]).toEqual([
      'entry 20-SecBoot B match',
      'entry 20-SecBoot B mismatch',
      undefined,
    ])
  })
})

describe('documents beside evidence', () => {
  const report: ProjectDocument = {
    id: 'r',
    title: 'Report',
    issuer: 'Laboratory',
    accreditation: null,
    sha256: 'ab',
    found: 'ab',
    model: 'R1',
    hardware: null,
    firmware: null,
    firmwareSha256: null,
    standard: null,
    edition: null,
    provisions: ['5.5-1'],
    validFrom: null,
    validUntil: null,
  }
  const results = (evidence: readonly Evidence[], findings: readonly DocumentFinding[] = []) => {
    const assessment = testAssessment(evidence)
    return compareClaims(assessment, EN303645_2020, NO_CLAIMS, [], evidence, {
      documents: [report],
      findings,
    })
      .filter(({ of }) => of === 'document')
      .map(({ about, name, result }) => `${about} ${name} ${result}`)
  }

  it('stand by each provision that they cover, and for nothing where they cover something else', () => {
    expect(results([])).toEqual(['5.5-1 r not-observed'])
    expect(results([testEvidence('for', ['5.5-1'])])).toEqual(['5.5-1 r match'])
    expect(results([testEvidence('against', ['5.5-1'])])).toEqual(['5.5-1 r mismatch'])
    const expired = [{ document: 'r', text: { en: 'Expired', de: 'Abgelaufen' } }]
    expect(results([testEvidence('for', ['5.5-1'])], expired)).toEqual(['5.5-1 r insufficient'])
  })
})

describe('what was never declared', () => {
  const tables: IxitTables = { '13-SoftServ': [{ ID: 'S', Description: 'MQTT' }] }

  it('contests a claim of support', () => {
    const ics = [row('5.6-1', 'Y')]
    expect(compared({ ics, tables }, []).verdict('5.6-1')).toBe('open')
    expect(compared({ ics, tables }, [TELNET]).verdict('5.6-1')).toBe('contested')
  })

  it('says nothing where no support is claimed, or no table was handed in', () => {
    expect(compared({ tables }, [TELNET]).verdict('5.6-1')).toBe('open')
    expect(compared({ ics: [row('5.6-1', 'Y')] }, [TELNET]).verdict('5.6-1')).toBe('open')
  })

  it('leaves a fail a fail', () => {
    const own: IxitTables = { '10-SecParam': [{ ID: 'P', Description: 'none' }] }
    expect(compared({ ics: [row('5.4-3', 'N')], tables: own }, [KEY]).verdict('5.4-3')).toBe('fail')
    expect(compared({ ics: [row('5.4-3', 'Y')], tables: own }, [KEY]).verdict('5.4-3')).toBe('contested')
  })
})
