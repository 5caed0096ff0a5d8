import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { qnxIfs } from './index.ts'

const NAMES = ['stored.ifs', 'lzo.ifs', 'ucl.ifs', 'gzip.ifs', 'big.ifs'] as const

describe('qnx-ifs', () => {
  it.each(NAMES)('gives startup code and image file system of %s', (name) => {
    const { contents, problems } = collect(qnxIfs, fixture('qnx-ifs', name))
    expect(problems).toEqual([])
    expect(contents.get('startup')?.toString()).toBe('startup code'.padEnd(44, '\0'))
    const image = name === 'big.ifs' ? 'big.imagefs' : 'little.imagefs'
    expect(contents.get('imagefs')?.equals(fixture('qnx-imagefs', image))).toBe(true)
  })

  it('tells a compression that it does not know', () => {
    const image = Buffer.from(fixture('qnx-ifs', 'lzo.ifs'))
    image[6] = 0x10
    const { contents, problems } = collect(qnxIfs, image)
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'imagefs' }])
    expect(contents.get('imagefs')).toHaveLength(image.length - 300)
  })

  it('tells blocks that break off or are damaged, and an image that is shorter than announced', () => {
    const cut = collect(qnxIfs, fixture('qnx-ifs', 'ucl.ifs').subarray(0, 900))
    expect(cut.problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'imagefs' }))
    const ended = Buffer.from(fixture('qnx-ifs', 'lzo.ifs'))
    ended.writeUInt16BE(0, 300)
    expect(collect(qnxIfs, ended).problems[0]?.message).toBe('1436 bytes are announced, 0 came out')
  })
})

for (const name of NAMES) hostileSuite({ format: qnxIfs, fixture: fixture('qnx-ifs', name) })
