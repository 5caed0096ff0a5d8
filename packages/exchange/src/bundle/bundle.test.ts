import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readStrictZip, writeZip, type ZipMember } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileProblems } from '../json/fields.ts'
import { seal } from '../pack/dsse.ts'
import { type BundleFile, MANIFEST, openBundle, writeBundle } from './bundle.ts'

const KEY = generateKeyPairSync('ed25519').privateKey
const OTHER = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ABOUT = {
  product: { maker: 'Horizon', model: 'GW-1', hardware: null, firmware: '1.2.0', batch: null },
  asOf: '2026-11-28',
  tool: 'messlatte 0.1.0',
  rules: [{ id: 'de-2027', version: '1.0.0', digest: 'aa'.repeat(32) }],
}
const FILES: readonly BundleFile[] = [
  { name: 'project/ics.json', content: Buffer.from('{}') },
  { name: 'documents/Prüfbericht.pdf', content: Buffer.from('%PDF') },
]
const BUNDLE = writeBundle(FILES, ABOUT, KEY)

/** The bundle with other members, its manifest as it was. */
function repacked(change: (members: Map<string, Uint8Array>) => void): Uint8Array {
  const members = new Map(readStrictZip(BUNDLE, { members: 10, bytes: 100_000 }))
  change(members)
  return writeZip([...members].map(([name, content]): ZipMember => [name, content]))
}

function resigned(change: (statement: Record<string, unknown>) => void): Uint8Array {
  return repacked((members) => {
    const envelope = JSON.parse(Buffer.from(members.get(MANIFEST)!).toString())
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString())
    change(statement)
    members.set(
      MANIFEST,
      Buffer.from(JSON.stringify(seal(envelope.payloadType, JSON.stringify(statement), KEY))),
    )
  })
}

describe('a bundle', () => {
  it('opens by the key that signed it, and says what it is about', () => {
    const opened = openBundle('b', BUNDLE, [createPublicKey(OTHER), createPublicKey(KEY)])
    expect(opened).toMatchObject({ ...ABOUT, trusted: true })
    expect(opened.files.map(({ name }) => name)).toEqual(['documents/Prüfbericht.pdf', 'project/ics.json'])
  })

  it('is whole and of an unknown key without trust, or with another', () => {
    expect(openBundle('b', BUNDLE, []).trusted).toBe(false)
    expect(openBundle('b', BUNDLE, [createPublicKey(OTHER)]).trusted).toBe(false)
    expect(openBundle('b', writeBundle(FILES, ABOUT, OTHER), [createPublicKey(OTHER)]).trusted).toBe(true)
  })

  it('is the same for the same files in any order', () => {
    expect(Buffer.compare(BUNDLE, writeBundle(FILES.toReversed(), ABOUT, KEY))).toBe(0)
  })

  it.each([
    [
      'a file that was changed',
      repacked((members) => members.set('project/ics.json', Buffer.from('[]'))),
      /project\/ics\.json is not the file that was signed/,
    ],
    [
      'a file too many',
      repacked((members) => members.set('extra.txt', Buffer.from('x'))),
      /extra\.txt is in the archive and not in the manifest/,
    ],
    [
      'a file that is missing',
      repacked((members) => members.delete('project/ics.json')),
      /project\/ics\.json is in the manifest and not in the archive/,
    ],
    ['no manifest', repacked((members) => members.delete(MANIFEST)), /is not in it: this is no bundle/],
    [
      'a manifest that is no envelope',
      repacked((members) => members.set(MANIFEST, Buffer.from('{}'))),
      /payloadType: is missing/,
    ],
    [
      'a manifest of many megabytes',
      repacked((members) => members.set(MANIFEST, Buffer.alloc(17 * 1024 * 1024, ' '))),
      /manifest\.dsse\.json: is larger than/,
    ],
    [
      'a statement that names the manifest itself',
      resigned((statement) =>
        (statement.subject as unknown[]).push({ name: MANIFEST, digest: { sha256: 'aa' } }),
      ),
      /manifest\.dsse\.json is in the manifest and not in the archive/,
    ],
    [
      'a statement that names a file twice',
      resigned((statement) => {
        const subject = statement.subject as unknown[]
        subject.push(subject[0])
      }),
      /names a file twice/,
    ],
    [
      'another statement',
      resigned((statement) => Object.assign(statement, { predicateType: 'urn:messlatte:evidence-pack:1' })),
      /is no manifest of a bundle/,
    ],
    [
      'a statement about nothing',
      resigned((statement) => Object.assign(statement.predicate as object, { rules: [{}] })),
      /does not say what it is about/,
    ],
    ['something behind the archive', Buffer.concat([BUNDLE, Buffer.from('x')]), /something was added/],
    ['no archive', Buffer.from('{}'), /no ZIP archive/],
    [
      'a traversal',
      repacked((members) => members.set('../evil', Buffer.from('x'))),
      /"\.\.\/evil" leads out of its folder/,
    ],
    [
      'names that differ in their case',
      repacked((members) => members.set('PROJECT/ics.json', Buffer.from('x'))),
      /are one file elsewhere/,
    ],
    [
      'a bomb',
      writeZip(Array.from({ length: 3 }, (_, at) => [`${at}`, Buffer.alloc(400 * 1024 * 1024)])),
      /larger than/,
    ],
  ])('is refused: %s', (_, archive, words) => {
    expect(() => openBundle('b', archive, [createPublicKey(KEY)])).toThrow(words)
  })

  it('is refused where the signature is of another key than the manifest names', () => {
    const archive = resigned((statement) => {
      const pem = createPublicKey(OTHER).export({ format: 'pem', type: 'spki' })
      Object.assign(statement.predicate as object, { signer: pem })
    })
    expect(() => openBundle('b', archive, [])).toThrow(/no signature verifies/)
    expect(openBundle('b', archive, [createPublicKey(KEY)]).trusted).toBe(true)
  })

  it('is not made with names that cannot be unpacked everywhere', () => {
    expect(() => writeBundle([{ name: 'documents/a:b', content: Buffer.of(1) }], ABOUT, KEY)).toThrow(
      /documents\/a:b:1: its name has a character/,
    )
  })

  // The bits that fill up the last byte of a compressed stream mean nothing: there it opens as it was.
  it('is refused wherever one of its bytes is another, or says the very same', () => {
    const whole = openBundle('b', BUNDLE, [createPublicKey(KEY)])
    fc.assert(
      fc.property(fc.nat(BUNDLE.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Uint8Array.from(BUNDLE)
        other[at] = (other[at] ?? 0) ^ by
        try {
          expect(openBundle('b', other, [createPublicKey(KEY)])).toEqual(whole)
        } catch (error) {
          if (!(error instanceof FileProblems)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})
