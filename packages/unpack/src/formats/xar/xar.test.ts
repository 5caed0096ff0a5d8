import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { xar } from './index.ts'
import { attributeOf, childOf, numberOf, parseXml, textOf } from './xml.ts'

const UMLAUT = Buffer.from('Größe & 中/ß').toString('latin1')

describe('xar', () => {
  it.each(fixturesOf('xar', 'positive'))('lists $name with its metadata and contents', ({ content }) => {
    const found = collect(xar, content)
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path).sort()).toEqual(
      [
        ...[
          'bin',
          'bin/link',
          'bin/numbers',
          'console',
          'disk',
          'etc',
          'etc/empty',
          'etc/init.d',
          'etc/init.d/rcS',
        ],
        ...['etc/passwd', 'etc/shadow', 'pipe', 'very', 'very/deep', UMLAUT.split('/')[0], UMLAUT],
      ].sort(),
    )
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get(UMLAUT)?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mode: 0o755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'very/deep')).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
  })

  it('knows hard links, whose content another name has, and keeps the blanks of names', () => {
    const found = collect(xar, fixture('xar', '../other/links.xar'))
    expect(found.problems).toEqual([])
    expect(entryOf(found, 'again')).toMatchObject({ type: 'hardlink', target: 'passwd' })
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get(' lead and trail ')?.toString()).toBe('spaces\n')
  })

  it('tells contents and a table whose digests differ', () => {
    const archive = fixture('xar', 'none.xar')
    archive[archive.indexOf('root:x')] = 0x52
    expect(collect(xar, archive).problems).toMatchObject([{ code: 'checksum' }])
    const heap = 28 + Number(archive.readBigUInt64BE(8))
    archive[heap] = (archive[heap] as number) ^ 1
    expect(collect(xar, archive).problems).toContainEqual(
      expect.objectContaining({ message: 'the digest of the table of contents differs' }),
    )
  })

  it('tells where a content is cut off', () => {
    const { problems } = collect(xar, fixture('xar', 'none.xar').subarray(0, -10))
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })

  it('reads as much of XML as it needs', () => {
    const root = childOf(
      parseXml('<?xml version="1.0"?><a b="c"><n>12</n><t>&lt;&#228;&#x4e2d;&no;</t><e/></a>'),
      'a',
    )
    expect(attributeOf(root, 'b')).toBe('c')
    expect(attributeOf(root, 'd')).toBe('')
    expect(numberOf(root, 'n')).toBe(12)
    expect(numberOf(root, 't')).toBeUndefined()
    expect(textOf(root, 't')).toBe('<ä中&no;')
    expect(childOf(root, 'e')?.children).toEqual([])
    expect(() => parseXml('<a></b>')).toThrow(/ends nothing/)
    expect(() => parseXml('<a>'.repeat(600))).toThrow(/too large/)
  })
})

for (const name of ['gzip.xar', 'none.xar']) hostileSuite({ format: xar, fixture: fixture('xar', name) })
