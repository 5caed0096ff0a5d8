import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { fwtool } from './index.ts'
import { chunkStarts, fwtoolChunks } from './parse.ts'

const IMAGE = Buffer.from(lines(1, 3000))

/** What fwtool appends to `image`. */
function chunk(image: Buffer, type: number, data: Buffer): Buffer {
  const trailer = Buffer.alloc(16)
  trailer.write('FWx0')
  trailer.writeUInt32BE(~crc32(Buffer.concat([image, data])) >>> 0, 4)
  trailer[8] = type
  trailer.writeUInt32BE(data.length + 16, 12)
  return Buffer.concat([data, trailer])
}

const TEXT = Buffer.from('{ "note": "FWx0 may stand in it" }')
const METADATA = chunk(IMAGE, 1, Buffer.concat([Buffer.alloc(8), TEXT]))

describe('fwtool', () => {
  it('gives metadata and signature', () => {
    const { contents, problems } = collect(fwtool, fixture('fwtool', 'signed.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['metadata.json', 'signature.ucert'])
    expect(JSON.parse(contents.get('metadata.json')?.toString() ?? '')).toMatchObject({
      metadata_version: '1.1',
      supported_devices: ['sample,board'],
    })
    expect(contents.get('signature.ucert')?.toString('latin1')).toContain('untrusted comment: ')
  })

  it('is found behind an image, and its CRC covers that', () => {
    const both = Buffer.concat([IMAGE, METADATA])
    const file = Buffer.concat([both, chunk(both, 0, Buffer.from('signature'))])
    const bytes = memoryBytes(file)
    const [start] = chunkStarts(bytes, { start: 0, end: file.length })
    expect(start).toBe(IMAGE.length)
    const region = fwtool.recognise(bytes, start as number)
    expect(region).toEqual({ start: IMAGE.length, end: file.length })
    const { contents, problems } = collect(fwtool, bytes, region)
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['metadata.json', TEXT.toString()],
      ['signature.ucert', 'signature'],
    ])
  })

  it('tells a CRC that differs', () => {
    const file = Buffer.concat([IMAGE, METADATA])
    file[10] = 0
    const bytes = memoryBytes(file)
    const { contents, problems } = collect(fwtool, bytes, fwtool.recognise(bytes, IMAGE.length))
    expect(problems).toMatchObject([{ code: 'checksum', path: 'metadata.json' }])
    expect(contents.get('metadata.json')?.equals(TEXT)).toBe(true)
  })

  it('numbers what comes more than once', () => {
    const file = Buffer.concat([METADATA, METADATA])
    expect(collect(fwtool, file).entries.map(({ path }) => path)).toEqual([
      'metadata.json',
      'metadata-1.json',
    ])
  })

  it('looks no further than the stretch it is given', () => {
    const file = Buffer.concat([IMAGE, METADATA, IMAGE])
    const bytes = memoryBytes(file)
    const end = IMAGE.length + METADATA.length
    expect(chunkStarts(bytes, { start: 0, end })).toEqual([IMAGE.length])
    expect(chunkStarts(bytes, { start: 0, end: end - 1 })).toEqual([IMAGE.length])
    expect(chunkStarts(bytes, { start: IMAGE.length + 1, end })).toEqual([])
    expect(chunkStarts(bytes, { start: end, end: file.length })).toEqual([])
    expect(fwtoolChunks(bytes, 0)).toEqual([])
  })
})

const METADATA_SIZE = fixture('fwtool', 'metadata.bin').length
for (const one of [
  fixture('fwtool', 'metadata.bin'),
  fixture('fwtool', 'signed.bin').subarray(METADATA_SIZE),
])
  hostileSuite({ format: fwtool, fixture: one, needsItsEnd: 'a chunk is known by its trailer only' })
