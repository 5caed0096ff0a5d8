import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uefiVolume } from './index.ts'
import { parseVolume } from './volume.ts'

const file = (number: number) =>
  `D15EA5E0-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`
const lines = (text: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${text} ${index}\n`).join('')
const FFS2 = fixture('uefi-volume', 'ffs2.fd')

function textsOf(content: Buffer): Record<string, string> {
  const { contents } = collect(uefiVolume, content)
  return Object.fromEntries([...contents].map(([path, text]) => [path, text.toString('latin1')]))
}

/** The volume with one stretch in its map, and a sum that holds. */
function withMap(volume: Buffer, blocks: number, size: number): Buffer {
  const changed = Buffer.from(volume)
  changed.writeUInt32LE(blocks, 56)
  changed.writeUInt32LE(size, 60)
  changed.writeUInt16LE(0, 50)
  let sum = 0
  for (let at = 0; at < changed.readUInt16LE(48); at += 2) sum += changed.readUInt16LE(at)
  changed.writeUInt16LE(-sum & 0xffff, 50)
  return changed
}

describe('uefi-volume', () => {
  it('gives the sections of all files', () => {
    const texts = textsOf(FFS2)
    expect(texts).toMatchObject({
      [`${file(1)}/raw`]: lines('raw', 20),
      [`${file(1)}/raw-1`]: 'two',
      [`${file(1)}/freeform-12345678-9ABC-4DEF-8123-456789ABCDEF`]: 'free form',
      [file(2)]: lines('bare', 10),
      [`${file(3)}/Plain.efi`]: lines('Plain', 30),
      [`${file(3)}/dxe.depex`]: '\x06\x08',
      [`${file(3)}/ui`]: 'P\0l\0a\0i\0n\0\0\0',
      [`${file(3)}/version`]: '\x07\x001\0.\x002\0\0\0',
      [`${file(1)}-1/Again.efi`]: lines('Again', 9),
      [`${file(14)}.deleted/Old.efi`]: lines('Old', 9),
    })
  })

  it('undoes compression, filters and wrappers', () => {
    const texts = textsOf(FFS2)
    for (const [number, name] of [
      [4, 'Standard'],
      [5, 'Larger'],
      [6, 'Custom'],
      [7, 'Custom'],
      [9, 'Larger'],
      [10, 'Brotli'],
      [11, 'Custom'],
    ] as const)
      expect(texts[`${file(number)}/${name}.efi`], `${number}`).toBe(lines(name, 60))
    const calls = texts[`${file(8)}/Filtered.efi`] as string
    expect(Buffer.from(calls, 'latin1').readInt32LE(12 + 1)).toBe(4096 - 16)
    expect(texts[`${file(13)}/Open.efi`]).toBe(lines('Open', 9))
  })

  it('leaves what it cannot undo as it is, and says so', () => {
    const path = `${file(12)}/guid-defined-12345678-9ABC-4DEF-8123-456789ABCDEF`
    const { contents, problems } = collect(uefiVolume, FFS2)
    expect(contents.get(path)?.toString()).toBe(lines('sealed', 9))
    expect(problems).toMatchObject([{ code: 'unsupported', path }])
  })

  it('gives volumes within volumes as they are', () => {
    const { contents } = collect(uefiVolume, FFS2)
    const inner = contents.get(`${file(17)}/volume`) as Buffer
    expect(contents.get(`${file(16)}/volume`)).toEqual(inner)
    expect(textsOf(inner)[`${file(0x21)}/Inner.efi`]).toBe(lines('Inner', 20))
    expect(parseVolume(memoryBytes(inner), 0)).toMatchObject({ name: file(0xff), filesAt: 0x78 })
  })

  it('knows the headers of large files and sections', () => {
    expect(textsOf(fixture('uefi-volume', 'ffs3.fd'))).toMatchObject({
      [`${file(1)}/Large.efi`]: lines('large', 50),
      [`${file(2)}/Small.efi`]: lines('Small', 9),
    })
  })

  it('knows volumes of revision 1', () => {
    const { contents, problems } = collect(uefiVolume, fixture('uefi-volume', 'revision-1.fd'))
    expect(problems).toEqual([])
    expect(contents.get(`${file(1)}/First.efi`)?.toString()).toBe(lines('First', 9))
    expect(contents.get(file(2))?.toString()).toBe('no checksum')
  })

  it('shows a file system that it does not know as one content', () => {
    const { contents, problems } = collect(uefiVolume, fixture('uefi-volume', 'unknown.fd'))
    expect([...contents.keys()]).toEqual(['content'])
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('reads a volume of OVMF', () => {
    const { contents, problems } = collect(uefiVolume, fixture('uefi-volume', 'ovmf-sec.fd'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([
      ['DF1CCEF6-F301-4A63-9661-FC6030DCC880/SecMain.efi', 36672],
      ['DF1CCEF6-F301-4A63-9661-FC6030DCC880/ui', 16],
      ['DF1CCEF6-F301-4A63-9661-FC6030DCC880/version', 10],
      ['1BA0062E-C779-4582-8566-336AE8F78F09', 2464],
    ])
  })

  it('knows the map of a whole flash, which drivers write for variables', () => {
    const variables = fixture('uefi-volume', 'aavmf-variables.fd')
    expect(collect(uefiVolume, variables).problems).toEqual([])
    const other = 'the block map does not add up to the length of the volume'
    for (const [blocks, size] of [
      [2, 0x40000],
      [0x100, 0x80000],
      [0x100, 0],
    ] as const)
      expect(collect(uefiVolume, withMap(variables, blocks, size)).problems).toMatchObject([
        { message: other },
      ])
    // Only variables are known to have it.
    expect(collect(uefiVolume, withMap(FFS2, 0x100, FFS2.length)).problems[0]).toMatchObject({
      message: other,
    })
  })

  it('tells sums that differ, and reads on', () => {
    const damaged = Buffer.from(FFS2)
    damaged[50] = 0x55
    for (const text of ['bare 5', 'Plain 5']) damaged[damaged.indexOf(text)] = 0x7f
    const { contents, problems } = collect(uefiVolume, damaged)
    expect(problems).toMatchObject([
      { code: 'checksum', path: undefined },
      { code: 'checksum', path: file(3) },
      { code: 'unsupported' },
    ])
    expect(contents.size).toBe(collect(uefiVolume, FFS2).contents.size)
  })

  it('tells a CRC of a section that differs', () => {
    const damaged = Buffer.from(FFS2)
    const guid = Buffer.from('b0cd1bfc317daa49936aa4600d9dd083', 'hex')
    const at = damaged.indexOf(guid) + 20
    damaged[at] = (damaged[at] as number) ^ 1
    expect(collect(uefiVolume, damaged).problems).toContainEqual(
      expect.objectContaining({ code: 'checksum', message: 'the CRC of a section differs', path: file(11) }),
    )
  })

  it('shows what stands where nothing should, and what is no file', () => {
    const written = Buffer.from(FFS2)
    written.write('left over', written.length - 20)
    expect(textsOf(written)['free-space']).toContain('left over')
    const small = fixture('uefi-volume', 'ffs3.fd')
    small.fill(0x33, 72)
    const { contents, problems } = collect(uefiVolume, small)
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([['rest', small.length - 72]])
    expect(problems).toMatchObject([{ code: 'structure' }])
  })
})

hostileSuite({ format: uefiVolume, fixture: FFS2 })
hostileSuite({ format: uefiVolume, fixture: fixture('uefi-volume', 'revision-1.fd') })
