import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { evidenceId } from '../result/evidence-id.ts'
import { writeResultJson } from '../result/result-json.ts'
import { rich } from '../testing/sample.ts'
import { isSealedBy, seal } from './dsse.ts'
import { openPack, writePack } from './pack.ts'

const RESULT = writeResultJson(
  { ...rich, evidence: rich.evidence.map((one) => ({ ...one, id: evidenceId(one) })) },
  'en',
)
const KEYS: readonly (readonly [string, KeyObject])[] = [
  ['Ed25519', generateKeyPairSync('ed25519').privateKey],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
]
const [, KEY] = KEYS[0]!
const OTHER = generateKeyPairSync('ed25519').privateKey

describe('an evidence pack', () => {
  it.each(KEYS)('is opened by the key that signed it: %s', (_, key) => {
    const pack = openPack('p', writePack('r', RESULT, key), [createPublicKey(key)])
    expect(pack.trusted).toBe(true)
    expect(pack.images.map(({ name }) => name)).toEqual(['a.bin', 'b.bin'])
    expect(JSON.parse(pack.result)).toEqual(JSON.parse(RESULT))
    expect(pack.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is whole and of an unknown key without trust, or with another', () => {
    const text = writePack('r', RESULT, KEY)
    expect(openPack('p', text, []).trusted).toBe(false)
    expect(openPack('p', text, [createPublicKey(OTHER)]).trusted).toBe(false)
  })

  interface Open {
    payloadType: string
    payload: string
    signatures: { keyid: string; sig: string }[]
  }

  function changed(change: (envelope: Open) => Partial<Open>): string {
    const envelope = JSON.parse(writePack('r', RESULT, KEY)) as Open
    return JSON.stringify({ ...envelope, ...change(envelope) })
  }

  it('is refused where one byte of it was changed', () => {
    const text = changed(({ payload }) => {
      const other = Buffer.from(payload, 'base64').toString().replace('5000000000', '5000000001')
      return { payload: Buffer.from(other).toString('base64') }
    })
    expect(() => openPack('p', text, [])).toThrow(/no signature verifies/)
    expect(() => openPack('p', text, [createPublicKey(KEY)])).toThrow(/no signature verifies/)
  })

  it.each([
    ['no JSON', 'x', /is not JSON/],
    ['another payload type', changed(() => ({ payloadType: 'text/plain' })), /payloadType: must be/],
    ['another payload', changed(() => ({ payload: 'e30=' })), /is no evidence pack/],
    ['no signature', changed(() => ({ signatures: [] })), /no signature verifies/],
    [
      'a signature that is no base64',
      changed(() => ({ signatures: [{ keyid: '', sig: '!' }] })),
      /must be base64/,
    ],
  ])('is refused: %s', (_, text, words) => {
    expect(() => openPack('p', text, [])).toThrow(words)
  })

  it('is refused where it names other images than its result', () => {
    const statement = JSON.parse(
      Buffer.from(JSON.parse(writePack('r', RESULT, KEY)).payload, 'base64').toString(),
    )
    statement.subject[0].name = 'c.bin'
    const envelope = seal('application/vnd.in-toto+json', JSON.stringify(statement), KEY)
    expect(() => openPack('p', JSON.stringify(envelope), [])).toThrow(/names other images/)
  })

  it('is made of results alone', () => {
    expect(() => writePack('r', '{}', KEY)).toThrow(/r:1: schema: must be/)
  })
})

describe('a DSSE envelope', () => {
  it('binds the type to the payload', () => {
    const envelope = seal('a b', 'c', KEY)
    expect(isSealedBy(envelope, createPublicKey(KEY))).toBe(true)
    expect(isSealedBy({ ...envelope, payloadType: 'a' }, createPublicKey(KEY))).toBe(false)
    expect(isSealedBy(envelope, generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)).toBe(false)
  })
})
