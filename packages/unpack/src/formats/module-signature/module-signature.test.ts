import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { moduleSignature } from './index.ts'
import { signatureStarts } from './parse.ts'

const MODULE = Buffer.from(lines(1, 300))
const RSA = fixture('module-signature', 'rsa.bin')
const EC = fixture('module-signature', 'ec.bin')
const MARK = '~Module signature appended~\n'

function startsIn(file: Buffer, start = 0, end = file.length): readonly number[] {
  return signatureStarts(memoryBytes(file), { start, end })
}

describe('module-signature', () => {
  it('is found by its end, behind what it signs', () => {
    const file = Buffer.concat([MODULE, RSA])
    expect(startsIn(file)).toEqual([MODULE.length])
    expect(moduleSignature.recognise(memoryBytes(file), MODULE.length)).toEqual({
      start: MODULE.length,
      end: file.length,
    })
  })

  it('is found more than once, as in an archive without compression', () => {
    const file = Buffer.concat([MODULE, RSA, MODULE, EC, EC])
    const second = 2 * MODULE.length + RSA.length
    expect(startsIn(file)).toEqual([MODULE.length, second, second + EC.length])
  })

  it('looks no further than the stretch it is given', () => {
    const file = Buffer.concat([MODULE, EC, MODULE])
    const end = MODULE.length + EC.length
    expect(startsIn(file, MODULE.length, end)).toEqual([MODULE.length])
    expect(startsIn(file, MODULE.length + 1, end)).toEqual([])
    expect(startsIn(file, 0, end - 1)).toEqual([])
  })

  it('does not take the line alone for it, however often it stands there', () => {
    expect(startsIn(Buffer.from(MARK))).toEqual([])
    expect(startsIn(Buffer.from(MARK.repeat(5000)))).toEqual([])
    const trailer = Buffer.from('00000200000000000000ffff', 'hex')
    const many = Array.from({ length: 5000 }, () => [trailer, Buffer.from(MARK)]).flat()
    expect(startsIn(Buffer.concat(many))).toEqual([])
  })

  it('refuses a length that is not that of the PKCS #7, and what is longer than any', () => {
    for (const length of [EC.length - 41, EC.length - 39, 0, 0xffffffff]) {
      const other = Buffer.from(EC)
      other.writeUInt32BE(length, other.length - MARK.length - 4)
      expect(moduleSignature.recognise(memoryBytes(other), 0)).toBeUndefined()
      expect(startsIn(other)).toEqual([])
    }
  })
})

for (const signature of [RSA, EC])
  hostileSuite({
    format: moduleSignature,
    fixture: signature,
    needsItsEnd: 'a signature is known by its trailer only',
  })
