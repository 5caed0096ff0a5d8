import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mismatches, type ReleaseStatus } from '@messlatte/portfolio'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seal } from '../pack/dsse.ts'
import { openStatus, statusText, writeStatus } from './status.ts'

const KEY = generateKeyPairSync('ed25519').privateKey
const PUBLIC = createPublicKey(KEY)
const OTHER = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey

const STATUS: ReleaseStatus = {
  by: 'Beispiel Haus GmbH',
  product: 'Haus & Hof Router T1',
  files: [{ name: 'M-01 1.0', sha256: 'ab'.repeat(32) }],
  gtin: '09501101000018',
  batch: 'L1A',
  serials: null,
  market: 'DE',
  answer: 'at-risk',
  rules: [
    { id: 'eu-red-2025', version: '1.0.0', digest: 'cd'.repeat(32), standing: 'law', answer: 'at-risk' },
    { id: 'de-2027', version: '1.2.0', digest: 'ef'.repeat(32), standing: 'reported', answer: 'outside' },
  ],
  properties: ['MESSLATTE_BASELINE_5.2-1_DECIDED_PASS', 'MESSLATTE_DE-2027_OUTSIDE'],
  asOf: '2026-11-28',
  validFrom: '2026-11-28',
  validUntil: '2027-05-31',
}
const FILE = writeStatus(STATUS, KEY)

describe('a status', () => {
  it.each([
    ['as a file', FILE],
    ['as text', `${statusText(FILE)}\n`],
  ])('is opened %s by the key that signed it, and by no other', (_, text) => {
    expect(openStatus('s', text, [OTHER, PUBLIC]).status).toEqual(STATUS)
    expect(() => openStatus('s', text, [OTHER])).toThrow(/none of the trusted keys/)
    expect(() => openStatus('s', text, [])).toThrow(/none of the trusted keys/)
  })

  it('is an in-toto statement that others read: subject, policies, properties that hold', () => {
    const envelope = JSON.parse(FILE) as { payload: string }
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString())
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://in-toto.io/attestation/svr/v0.2',
      subject: [{ name: 'M-01 1.0', digest: { sha256: 'ab'.repeat(32) } }],
      predicate: {
        verifier: {
          id: 'urn:messlatte:signer:Beispiel%20Haus%20GmbH',
          policies: [{ name: 'eu-red-2025' }, { name: 'de-2027' }],
        },
        timeCreated: '2026-11-28T00:00:00Z',
        properties: STATUS.properties,
      },
    })
  })

  it('fits into a QR code', () => {
    expect(statusText(FILE).length).toBeLessThan(1600)
    expect(statusText(FILE)).toMatch(/^[\w:.-]+$/)
  })

  it('is refused once a character of it is another', () => {
    const text = statusText(FILE)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'b', '7', '_', '.'), (at, other) => {
        // The last character of base64 carries bits that nobody reads.
        if (text[at] === other || at === text.length - 1 || text[at + 1] === '.') return
        expect(() => openStatus('s', text.slice(0, at) + other + text.slice(at + 1), [PUBLIC])).toThrow()
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['nothing', ''],
    ['another statement', JSON.stringify(seal('application/vnd.in-toto+json', '{"_type":"x"}', KEY))],
    ['another type', JSON.stringify(seal('text/plain', '{}', KEY))],
    ['a text that is cut', statusText(FILE).slice(0, 100)],
    ['a bomb', `MESSLATTE-STATUS:1:${Buffer.from('eJztwQENAAAAwqD3T20PBxQ').toString('base64url')}.AA`],
  ])('is refused: %s', (_, text) => {
    expect(() => openStatus('s', text, [PUBLIC])).toThrow()
  })

  it('tells about its units, in its time, and about nothing else', () => {
    const on = '2027-01-01'
    expect(mismatches(STATUS, { on, gtin: '09501101000018', batch: 'L1A', sha256: 'ab'.repeat(32) })).toEqual(
      [],
    )
    expect(mismatches(STATUS, { on: '2027-06-01' })).toEqual(['expired'])
    expect(mismatches(STATUS, { on: '2026-11-27' })).toEqual(['not-yet'])
    expect(mismatches(STATUS, { on, gtin: '09501101000028', batch: 'L2', sha256: 'aa'.repeat(32) })).toEqual([
      'other-gtin',
      'other-batch',
      'other-file',
    ])
  })
})
