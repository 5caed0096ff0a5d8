import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { romfs } from './index.ts'
import { readHeader, readSuperblock } from './parse.ts'

/** Where the header of a name in the root lies. */
function headerOf(image: Buffer, name: string): number {
  const bytes = memoryBytes(image)
  let at = readSuperblock(bytes, 0)?.first ?? 0
  for (let header = readHeader(bytes, 0, at); header; header = readHeader(bytes, 0, at)) {
    if (header.name === name) return at
    if (header.next === 0) break
    at = header.next
  }
  throw new Error(`no ${name}`)
}

describe('romfs', () => {
  it.each(['tree.img', 'aligned.img'])('lists %s with its contents', (name) => {
    const found = collect(romfs, fixture('romfs', name))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(13)
    const [one, other] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
    const [link, file] = one?.type === 'hardlink' ? [one, other] : [other, one]
    expect(link).toMatchObject({ type: 'hardlink', target: file?.path })
    expect(file).toMatchObject({ type: 'file', mode: 0o755 })
    expect(found.contents.get(file?.path ?? '')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ type: 'file', mode: 0o644 })
  })

  it('tells headers whose checksum differs', () => {
    const image = fixture('romfs', 'tree.img')
    const at = headerOf(image, 'pipe')
    image[at + 17] = 0x61
    expect(collect(romfs, image).problems).toMatchObject([{ code: 'checksum', path: 'pape' }])
  })

  it('gives nothing of a content that would begin behind the file system', () => {
    const image = fixture('romfs', 'tree.img')
    const etc = headerOf(image, 'etc')
    const last = image.readUInt32BE(etc + 4)
    const end = last + 16
    image.writeUInt32BE(end, 8)
    image.writeUInt32BE(0, 12)
    let sum = 0
    for (let at = 0; at < Math.min(512, end); at += 4) sum = (sum + image.readInt32BE(at)) | 0
    image.writeInt32BE(-sum | 0, 12)
    const found = collect(romfs, image)
    expect(found.region.end).toBe(end)
    expect([...found.slices.values()].every((at) => at <= end)).toBe(true)
  })

  it('follows no list twice', () => {
    const image = fixture('romfs', 'tree.img')
    const at = headerOf(image, 'etc')
    const [before, itself] = [image.readUInt32BE(at + 4), at]
    image.writeUInt32BE(itself, at + 4)
    // The first bytes are under the checksum of the superblock.
    image.writeInt32BE((image.readInt32BE(12) + before - itself) | 0, 12)
    const { problems, contents } = collect(romfs, image)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'etc' }))
    expect(contents.size).toBe(1)
  })
})

hostileSuite({ format: romfs, fixture: fixture('romfs', 'tree.img') })
hostileSuite({ format: romfs, fixture: fixture('romfs', 'aligned.img') })
