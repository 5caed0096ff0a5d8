import { describe, expect, it } from 'vitest'
import { testArtefact } from '../../testing.ts'
import {
  runArtefacts,
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { releaseFilesCheck } from '../release-files/index.ts'
import { parseEnvelope } from './envelope.ts'
import { suitCheck } from './index.ts'

const CASES: UpdateCases = {
  check: suitCheck,
  after: [releaseFilesCheck],
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}
const FINE = ['signature E5 for medium']

/** Example 0 of draft-ietf-suit-manifest, appendix B, with its COSE object; the key stands there as well. */
const EXAMPLE =
  'd86ba2025873825824822f58206658ea560262696dd1f13b782239a064da7c6c5cbaf52fded428a6fc83c7e5af584ad28443a10126a0f65840408d0816f9b510749bf6a51b066951e08a4438f849eb092a1ac768eed9de696c1b1dd35d82ef149e6a73a61976ad2cfe78444b8064293350a122f332cb49f0da035871a50101020003585fa202818141000458568614a40150fa6b4a53d5ad5fdfbe9de663e4d41ffe02501492af1425695e48bf429b2d51f2ab45035824822f582000112233445566778899aabbccddeeff0123456789abcdeffedcba98765432100e1987d0010f020f074382030f0943821702'

const EXAMPLE_KEY =
  '3059301306072a8648ce3d020106082a8648ce3d030107034200048496811aae0baaabd26157189eecda26beaa8bf11b6f3fe6e2b5659c85dbc0ad3b1f2a4b6c098131c0a36dacd1d78bd381dcdfb09c052db33991db7338b4a896'

describe('update.suit', () => {
  updateSuite(CASES, {
    negative: { beside: FINE, eddsa: FINE, es256: FINE, es384: FINE },
    positive: {
      beside: ['signature E5 neutral medium', 'content EX against high'],
      content: ['signature E5 neutral medium', 'content EX against high'],
      digest: ['signature E3 neutral medium'],
      extra: ['signature E5 for medium', 'uncovered - against medium'],
      manifest: ['signature E5 neutral medium', 'content EX against high'],
      unsigned: ['unsigned E2 against medium'],
      'wrong-key': ['signature E3 neutral medium'],
    },
    nearMiss: { elsewhere: FINE, 'no-key': ['signature E3 neutral medium'] },
    whole: ['negative/es256', 'a.suit'],
    links: ['suit E5: update(manifest) update(#file.bin) < device.img@0x0:squashfs/etc/update.pem; unknown'],
  })

  it('verifies an example of the draft', () => {
    const envelope = parseEnvelope(Buffer.from(EXAMPLE, 'hex'))
    expect(envelope?.computed).toBe(envelope?.digest?.value)
    expect(envelope).toMatchObject({
      sequence: 0,
      components: 1,
      vendors: ['fa6b4a53d5ad5fdfbe9de663e4d41ffe'],
    })
    const example = testArtefact('a.suit', Buffer.from(EXAMPLE, 'hex'), { root: '' })
    const run = runArtefacts(CASES, [example], trusting(Buffer.from(EXAMPLE_KEY, 'hex')))
    expect(updateInShort(CASES, run)).toEqual(['signature E6 for high'])
  })

  it('is lifted by what the user trusts', () => {
    const mine = trusting(updateFile(CASES, 'negative/es256/update.pem'))
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-key', mine))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells sequence number, hardware, and what is fetched', () => {
    const { evidence } = runUpdate(CASES, 'near-miss/elsewhere')
    expect(evidence.find(({ kind }) => kind === 'update.suit.description')?.observation).toMatchObject({
      sequence: 7,
      classes: ['d622bafd4337518590bc6368cda7fbca'],
      notHere: ['http://example.com/updates/file.bin'],
      encrypted: false,
    })
  })

  it('is silent about other CBOR', () => {
    const run = (hex: string) =>
      runArtefacts(CASES, [testArtefact('a.suit', Buffer.from(hex, 'hex'), { root: '' })])
    for (const hex of ['d86ba0', 'd86b', 'd86b00', 'd86ba10301', 'a0']) expect(run(hex).evidence).toEqual([])
  })
})
