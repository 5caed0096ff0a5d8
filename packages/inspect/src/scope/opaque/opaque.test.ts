import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { opaqueCheck } from './index.ts'

function evidenceOf(kind: string, more: object = { type: 'unknown' }) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).flatMap(
    (name) =>
      runChecks([opaqueCheck], [testArtefact('', readFileSync(new URL(name, folder)), more)]).evidence,
  )
}

describe('scope.opaque', () => {
  it('says what it could not look into, and holds it against nobody', () => {
    expect(evidenceOf('positive')).toMatchObject([
      {
        kind: 'scope.opaque-image',
        polarity: 'neutral',
        place: { offset: 0, length: 16_384 },
        observation: {
          size: 16_384,
          entropyBitsPerByte: expect.closeTo(7.98, 1),
          chiSquare: expect.any(Number),
          looksLike: 'compressed-or-encrypted',
        },
      },
    ])
  })

  it('looks at whole files of the release, not at files of a recognised format or within a container', () => {
    expect(evidenceOf('positive', { type: 'file', root: '' })).toHaveLength(1)
    expect(evidenceOf('positive', { type: 'file', root: '', format: 'zip' })).toEqual([])
    expect(evidenceOf('positive', { type: 'file' })).toEqual([])
  })

  it('tells what was written to a flash, whatever was not written', () => {
    const random = readFileSync(new URL('./fixtures/positive/encrypted.bin', import.meta.url))
    const erased = Buffer.alloc(16 * 4096, 0xff)
    const dump = Buffer.concat([erased, random, erased, random.subarray(0, 4096), erased, random, erased])
    const { evidence } = runChecks([opaqueCheck], [testArtefact('', dump, { type: 'file', root: '' })])
    expect(evidence.map(({ place }) => [place.offset, place.length])).toEqual([
      [65_536, 16_384],
      [217_088, 16_384],
    ])
    expect(evidence[1]?.observation).toMatchObject({ repeat: 'tail -c +217089 FILE | head -c 16384 | ent' })
  })

  it('tells no more than the largest stretches', () => {
    const random = readFileSync(new URL('./fixtures/positive/encrypted.bin', import.meta.url))
    const one = Buffer.concat([random, Buffer.alloc(4096, 0xff)])
    const dump = Buffer.concat(Array.from({ length: 50 }, () => one))
    expect(
      runChecks([opaqueCheck], [testArtefact('', dump, { type: 'file', root: '' })]).evidence,
    ).toHaveLength(32)
  })

  it('is silent about numbers, erased flash and what is too short to tell', () => {
    expect(evidenceOf('negative')).toEqual([])
    expect(evidenceOf('near-miss')).toEqual([])
  })
})
