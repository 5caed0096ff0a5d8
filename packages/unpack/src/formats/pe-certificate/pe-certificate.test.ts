import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { pe } from '../pe/index.ts'
import { type Pe, parsePe } from '../pe/parse.ts'
import { peCertificate } from './index.ts'

const TABLE = fixture('pe-certificate', 'signed-data.bin')
const PROGRAM = fixture('pe', 'symbols.exe')

/** A program, filled up, with something appended, and signed thereafter. */
function signed(appended: Buffer): Buffer {
  const body = Buffer.concat([PROGRAM, appended])
  const image = Buffer.concat([body, Buffer.alloc(-body.length & 7), TABLE])
  const { certificateDirectoryAt = 0 } = parsePe(memoryBytes(image), 0) as Pe
  image.writeUInt32LE(image.length - TABLE.length, certificateDirectoryAt)
  image.writeUInt32LE(TABLE.length, certificateDirectoryAt + 4)
  return image
}

describe('pe-certificate', () => {
  it('is what follows an appended archive, which is no part of the program', () => {
    const image = memoryBytes(signed(Buffer.from('an archive')))
    expect(pe.recognise(image, 0)).toEqual({ start: 0, end: PROGRAM.length })
    const start = image.size - TABLE.length
    expect(peCertificate.recognise(image, start)).toEqual({ start, end: image.size })
  })

  it('belongs to the program where nothing lies between', () => {
    const image = memoryBytes(signed(Buffer.alloc(20)))
    expect(pe.recognise(image, 0)).toEqual({ start: 0, end: image.size })
  })

  it('takes several that follow each other', () => {
    const bytes = memoryBytes(Buffer.concat([TABLE, TABLE]))
    expect(peCertificate.recognise(bytes, 0)).toEqual({ start: 0, end: 2 * TABLE.length })
  })
})

hostileSuite({ format: peCertificate, fixture: TABLE })
