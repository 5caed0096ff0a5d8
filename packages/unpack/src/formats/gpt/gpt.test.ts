import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gpt } from './index.ts'

const ROOT = Buffer.from('rootfs ä').toString('latin1')
const PATHS = ['boot', ROOT, 'partition-3', 'unpartitioned-0x4400']

describe('gpt', () => {
  it('shows the partitions of a disk by their names, and what lies between them', () => {
    const image = fixture('gpt', 'disk.img')
    const { region, contents, problems } = collect(gpt, image)
    expect(region).toEqual({ start: 0, end: image.length })
    expect(problems).toEqual([])
    expect(
      [...contents].map(([path, content]) => [path, content.length / 512, content.toString('latin1', 0, 4)]),
    ).toEqual([
      ['boot', 128, 'boot'],
      [ROOT, 256, 'root'],
      ['partition-3', 1024, 'data'],
      ['unpartitioned-0x4400', 94, '\0\0\0\0'],
    ])
    expect(contents.get('unpartitioned-0x4400')?.toString('latin1', 30 * 512, 30 * 512 + 3)).toBe('spl')
  })

  it('knows sectors of 4096 bytes', () => {
    const { contents, problems } = collect(gpt, fixture('gpt', 'big-sectors.img'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['boot'])
    expect(contents.get('boot')).toHaveLength(16 * 4096)
  })

  it('takes what stands at the end where the front is damaged', () => {
    const image = fixture('gpt', 'disk.img')
    const header = Buffer.from(image).fill(0, 512, 600)
    const first = collect(gpt, header)
    expect(first.problems).toMatchObject([{ code: 'checksum' }])
    expect([...first.contents.keys()]).toEqual(expect.arrayContaining(PATHS.slice(0, 3)))
    const table = Buffer.from(image).fill(0, 1024, 1030)
    const second = collect(gpt, table)
    expect(second.problems).toMatchObject([{ code: 'checksum' }])
    expect([...second.contents.keys()]).toEqual(PATHS)
  })

  it('gives partitions of one name different ones', () => {
    const image = fixture('gpt', 'disk.img')
    image.copy(image, 1024 + 128 + 56, 1024 + 56, 1024 + 128)
    const { contents, problems } = collect(gpt, image)
    // The table behind is the sound one.
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect([...contents.keys()]).toEqual(PATHS)
    image.copy(image, image.length - 33 * 512, 1024, 1024 + 128 * 128)
    expect([...collect(gpt, image).contents.keys()]).toEqual(['boot', 'boot-2', ...PATHS.slice(2)])
  })
})

hostileSuite({ format: gpt, fixture: fixture('gpt', 'disk.img').subarray(0, 400 * 512) })
