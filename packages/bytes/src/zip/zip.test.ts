import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStrictZip, ZipFault } from './read.ts'
import { writeZip, type ZipMember } from './write.ts'

const LIMITS = { members: 100, bytes: 1_000_000 }
const SAMPLE: readonly ZipMember[] = [
  ['a.txt', 'one'],
  ['b/Größe.json', '{}'],
  ['b/empty', ''],
  ['c.bin', Uint8Array.of(0, 1, 2)],
]

function fault(archive: Uint8Array, limits = LIMITS): string {
  try {
    readStrictZip(archive, limits)
  } catch (error) {
    if (error instanceof ZipFault) return `${error.code}: ${error.message}`
    throw error
  }
  return 'none'
}

function changed(at: number, ...values: readonly number[]): Buffer {
  const bytes = Buffer.from(writeZip(SAMPLE))
  values.forEach((value, i) => {
    bytes[at < 0 ? bytes.length + at + i : at + i] = value
  })
  return bytes
}

describe('readStrictZip', () => {
  it('reads what writeZip writes', () => {
    const read = readStrictZip(writeZip(SAMPLE), LIMITS)
    expect([...read].map(([name, content]) => [name, Buffer.from(content).toString()])).toEqual([
      ['a.txt', 'one'],
      ['b/Größe.json', '{}'],
      ['b/empty', ''],
      ['c.bin', '\0\x01\x02'],
    ])
    expect(readStrictZip(writeZip([]), LIMITS).size === 0 || 'refused').toBeTruthy()
  })

  it.each([
    ['../evil', /leads out/],
    ['a/../../evil', /leads out/],
    ['/etc/passwd', /root/],
    ['C:\\x', /character/],
    ['a\\b', /character/],
    ['folder/', /folder/],
    ['a//b', /empty step/],
    ['a\u202etxt', /cannot be seen/],
    ['a\0b', /cannot be seen/],
    ['nul.txt', /device/],
    ['x. ', /dot or a space/],
    ['u\u0308', /normal form/],
    ['x'.repeat(256), /longer/],
    ['', /empty/],
  ])('refuses the name %j', (name, why) => {
    expect(fault(writeZip([[name, 'x']]))).toMatch(why)
  })

  it.each([
    [['a', 'a'], /twice/],
    [['a', 'A'], /one file elsewhere/],
    [['straße', 'STRASSE'], /one file elsewhere/],
    [['a', 'a/b'], /a file and a folder/],
    [['x/Y/z', 'X/y'], /a file and a folder/],
  ])('refuses the names %j together', (names, why) => {
    expect(fault(writeZip(names.map((name) => [name, 'x'])))).toMatch(why)
  })

  it('refuses bytes before, between, behind', () => {
    const archive = Buffer.from(writeZip(SAMPLE))
    expect(fault(Buffer.concat([archive, Buffer.from('x')]))).toMatch(/something was added/)
    expect(fault(Buffer.concat([Buffer.from('PKx'), archive]))).toMatch(/layout/)
    expect(fault(archive.subarray(0, -1))).toMatch(/layout/)
    expect(fault(Buffer.concat([archive, archive]))).toMatch(/layout/)
    expect(fault(Buffer.from('hello'))).toMatch(/no ZIP/)
  })

  it('refuses a comment, several parts, a flag of encryption and headers that differ', () => {
    expect(fault(changed(-2, 1))).toMatch(/something was added/)
    expect(fault(changed(-18, 1))).toMatch(/one part of several/)
    expect(fault(changed(6, 1))).toMatch(/differ/)
    expect(fault(changed(30, 0x41))).toMatch(/differ/)
  })

  it('never unpacks more than its limit or than a member says', () => {
    const bomb = writeZip([['bomb', Buffer.alloc(5_000_000)]])
    expect(fault(bomb)).toMatch(/too-large/)
    const lying = Buffer.from(bomb)
    lying.writeUInt32LE(10, 22)
    lying.writeUInt32LE(10, lying.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24)
    expect(fault(lying)).toMatch(/damaged/)
    expect(fault(writeZip(SAMPLE), { members: 3, bytes: 100 })).toMatch(/more than 3/)
  })

  it('refuses bytes behind the end of a member’s stream, and content that its checksum denies', () => {
    const packed = Buffer.concat([deflateRawSync('one'), Buffer.from('hidden')])
    expect(fault(withStream(packed, crc32('one')))).toMatch(/behind its end/)
    expect(fault(withStream(deflateRawSync('one'), 1))).toMatch(/not what its header says/)
  })

  it('takes any bytes without any other error, and any members back', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(255), (at, value) => {
        fault(changed(at % writeZip(SAMPLE).length, value))
      }),
    )
    fc.assert(
      // With an underscore, since `nul` and `con` are devices to Windows, and refused.
      fc.property(fc.uniqueArray(fc.stringMatching(/^_[a-z]{1,8}$/)), fc.uint8Array(), (names, content) => {
        const read = readStrictZip(writeZip(names.map((name) => [name, content])), LIMITS)
        for (const name of names) expect(Buffer.compare(read.get(name) ?? Buffer.of(9), content)).toBe(0)
      }),
    )
  })
})

/** An archive of one member `a` of three bytes whose packed bytes and checksum are given. */
function withStream(packed: Buffer, crc: number): Uint8Array {
  const made = Buffer.from(writeZip([['a', 'one']]))
  const plain = deflateRawSync('one').length
  const directory = Buffer.from(made.subarray(31 + plain))
  const local = Buffer.from(made.subarray(0, 31))
  local.writeUInt32LE(crc, 14)
  local.writeUInt32LE(packed.length, 18)
  directory.writeUInt32LE(crc, 16)
  directory.writeUInt32LE(packed.length, 20)
  directory.writeUInt32LE(31 + packed.length, directory.length - 6)
  return Buffer.concat([local, packed, directory])
}
