import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uefiCapsule } from './index.ts'
import { parseCapsuleHeader, parseFmpCapsule } from './parse.ts'

const lines = (text: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${text} ${index + from}\n`).join('')
const FIRMWARE = lines('firmware', 90, 1)
const SIGNED = fixture('uefi-capsule', 'signed.cap')

describe('uefi-capsule', () => {
  it('gives the firmware', () => {
    const { contents, problems } = collect(uefiCapsule, fixture('uefi-capsule', 'unsigned.cap'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['payload-0', FIRMWARE],
    ])
  })

  it('gives the firmware and its signature', () => {
    const { contents, problems } = collect(uefiCapsule, SIGNED)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['payload-0.p7', 'payload-0'])
    expect(contents.get('payload-0')?.toString()).toBe(FIRMWARE)
    const signature = contents.get('payload-0.p7') as Buffer
    // A SEQUENCE that is as long as the content, and in it the object identifier of signed data.
    expect(signature.readUInt16BE(2)).toBe(signature.length - 4)
    expect(signature.subarray(4, 15).toString('hex')).toBe('06092a864886f70d010702')
  })

  it('gives what a device has to have before', () => {
    const capsule = fixture('uefi-capsule', 'dependency.cap')
    const { contents, problems } = collect(uefiCapsule, capsule)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['payload-0.dependency', 'payload-0.header', 'payload-0'])
    expect(contents.get('payload-0')?.toString()).toBe(FIRMWARE)
    const expression = contents.get('payload-0.dependency')
    expect(expression).toHaveLength(31)
    expect(expression?.subarray(-7).equals(Buffer.from('text\0\x03\r'))).toBe(true)
    // An operation that does not exist: what follows is one content then.
    capsule[0x60] = 0x7f
    expect([...collect(uefiCapsule, capsule).contents.keys()]).toEqual(['payload-0'])
  })

  it('knows the capsules that take an update or take it back', () => {
    const { contents, problems } = collect(uefiCapsule, fixture('uefi-capsule', 'accept.cap'))
    expect(problems).toEqual([])
    expect(contents.get('body')?.toString('hex')).toBe('e0a55ed1000000408000000000000007')
    const none = collect(uefiCapsule, fixture('uefi-capsule', 'revert.cap'))
    expect([none.region, none.entries, none.problems]).toEqual([{ start: 0, end: 28 }, [], []])
  })

  it('tells checks what is signed', () => {
    expect(parseCapsuleHeader(memoryBytes(SIGNED), 0)).toMatchObject({ headerSize: 28, size: SIGNED.length })
    const [payload] = parseFmpCapsule(memoryBytes(SIGNED), 0)?.payloads ?? []
    expect(payload).toMatchObject({
      type: 'D15EA5E0-0000-4000-8000-000000000007',
      index: 1,
      authentication: { monotonicCount: 5n },
      header: undefined,
      firmware: { at: SIGNED.length - FIRMWARE.length, length: FIRMWARE.length },
    })
  })

  it('gives drivers, versions and vendor code', () => {
    const capsule = fixture('uefi-capsule', 'drivers.cap')
    const { contents, problems } = collect(uefiCapsule, capsule)
    expect(problems).toEqual([])
    const { 'payload-0.header': first, 'payload-1.header': second, ...rest } = Object.fromEntries(contents)
    expect([first?.length, second?.length]).toEqual([16, 16])
    expect(Object.entries(rest).map(([path, content]) => [path, content.toString()])).toEqual([
      ['driver-0.efi', lines('driver', 30)],
      ['driver-1.efi', lines('other driver', 10)],
      ['payload-0', lines('firmware 1:', 20)],
      ['payload-1', lines('firmware 2:', 20)],
      ['payload-1.vendor-code', 'vendor'],
    ])
    expect(
      parseFmpCapsule(memoryBytes(capsule), 0)?.payloads.map((payload) => payload?.header),
    ).toMatchObject([
      { version: 0x10001, lowestVersion: 0x10000 },
      { version: 0x10002, lowestVersion: 0x10000 },
    ])
  })

  it('gives the body of other capsules', () => {
    const { contents } = collect(uefiCapsule, fixture('uefi-capsule', 'plain.cap'))
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['body', lines('body', 30)],
    ])
    expect(parseFmpCapsule(memoryBytes(fixture('uefi-capsule', 'plain.cap')), 0)).toBeUndefined()
  })

  it('shows what lies before a cut, and tells a header that cannot be', () => {
    const cut = collect(uefiCapsule, SIGNED.subarray(0, SIGNED.length - 100))
    expect(cut.contents.get('payload-0')?.toString()).toBe(FIRMWARE.slice(0, -100))
    expect(cut.problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'payload-0' }])
    const damaged = Buffer.from(SIGNED)
    damaged[44] = 9
    expect(collect(uefiCapsule, damaged).problems).toMatchObject([{ code: 'structure', path: 'payload-0' }])
  })
})

hostileSuite({ format: uefiCapsule, fixture: SIGNED })
hostileSuite({ format: uefiCapsule, fixture: fixture('uefi-capsule', 'drivers.cap') })
