import { createHash } from 'node:crypto'
import { latin1, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { peCertificates } from './certificates.ts'
import { pe } from './index.ts'
import { type Pe, parsePe } from './parse.ts'

const DRIVER = fixture('pe', 'driver.efi')
const SIGNED = fixture('pe', 'signed.efi')

const parsed = (content: Buffer) => parsePe(memoryBytes(content), 0) as Pe

function problemsOf(content: Buffer): readonly string[] {
  const bytes = memoryBytes(content)
  const region = pe.recognise(bytes, 0)
  const codes: string[] = []
  if (region) pe.examine?.(bytes, region, (code) => codes.push(code))
  return codes
}

describe('pe', () => {
  it('reads headers and sections', () => {
    expect(parsed(DRIVER)).toMatchObject({
      machine: 0x8664,
      bits: 64,
      subsystem: 11,
      certificates: undefined,
      end: 1728,
    })
    expect(parsed(DRIVER).sections.map(({ name }) => name)).toEqual(['.text', '.data', '.reloc'])
    expect(parsed(fixture('pe', 'aarch64.efi'))).toMatchObject({ machine: 0xaa64, end: 12_288 })
    expect(parsed(fixture('pe', 'runtime.efi'))).toMatchObject({ subsystem: 12, end: 196_608 })
    expect(parsed(fixture('pe', 'symbols.exe'))).toMatchObject({
      machine: 0x14c,
      bits: 32,
      subsystem: 3,
      end: 4413,
    })
  })

  it('tells where the signatures lie, and what their digest leaves out', () => {
    const image = parsed(SIGNED)
    const signatures = peCertificates(memoryBytes(SIGNED), image)
    expect(signatures.map(({ revision, type, content }) => [revision, type, content.length])).toEqual([
      [0x200, 2, 1562],
      [0x200, 2, 1562],
    ])
    const { checksumAt, certificateDirectoryAt = 0, certificates } = image
    const digest = createHash('sha256')
      .update(SIGNED.subarray(0, checksumAt))
      .update(SIGNED.subarray(checksumAt + 4, certificateDirectoryAt))
      .update(SIGNED.subarray(certificateDirectoryAt + 8, certificates?.at))
      .digest()
    for (const { content } of signatures)
      expect(latin1(SIGNED.subarray(content.at, content.at + content.length))).toContain(latin1(digest))
  })

  it('finds nothing wrong with whole images', () => {
    for (const content of [DRIVER, SIGNED, fixture('pe', 'symbols.exe')])
      expect(problemsOf(content)).toEqual([])
  })

  it('takes an image as whole whose checksum was left behind, as that of many a driver is', () => {
    const stale = Buffer.from(SIGNED)
    const { checksumAt } = parsed(SIGNED)
    stale.writeUInt32LE(stale.readUInt32LE(checksumAt) ^ 1, checksumAt)
    expect(problemsOf(stale)).toEqual([])
  })

  it('tells what is cut off or not to be read', () => {
    expect(problemsOf(SIGNED.subarray(0, 3000))).toEqual(['truncated'])
    const damaged = Buffer.from(SIGNED).fill(0xff, parsed(SIGNED).certificates?.at)
    expect(problemsOf(damaged)).toEqual(['structure'])
  })
})

hostileSuite({ format: pe, fixture: SIGNED })
hostileSuite({ format: pe, fixture: fixture('pe', 'symbols.exe') })
