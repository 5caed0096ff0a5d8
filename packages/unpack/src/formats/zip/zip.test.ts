import { crc32, deflateRawSync } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { countingBytes } from '../../testing/counting.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { zip } from './index.ts'

const CENTRAL = Buffer.from('PK\x01\x02')

function withoutDirectory(name: string): Buffer {
  const archive = fixture('zip', name)
  return archive.subarray(0, archive.indexOf(CENTRAL))
}

/** Writes a 32-bit number into every central header, and at another place into every local one. */
function patched(name: string, central: number, local: number, value: number): Buffer {
  const archive = fixture('zip', name)
  for (const [signature, offset] of [
    ['PK\x01\x02', central],
    ['PK\x03\x04', local],
  ] as const) {
    for (let at = archive.indexOf(signature); at >= 0; at = archive.indexOf(signature, at + 4))
      archive.writeUInt32LE(value, at + offset)
  }
  return archive
}

describe('zip', () => {
  it('lists an archive of Unix with modes, owners and links', () => {
    const found = collect(zip, fixture('zip', 'unix.zip'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({
      type: 'file',
      mode: 0o4755,
      uid: 0,
      mtime: 1_700_000_000,
    })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'etc/init.d')).toMatchObject({ type: 'directory', mode: 0o755 })
  })

  it.each(['stored.zip', 'streamed.zip', 'zip64.zip', 'python.zip'])('reads the contents of %s', (name) => {
    const { contents, problems } = collect(zip, fixture('zip', name))
    expect(problems).toEqual([])
    expect(contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it.each(['dahua.zip', 'instar.zip'])('reads what a maker of cameras marks its own way: %s', (name) => {
    const [plain, marked] = ['unix.zip', name].map((one) => collect(zip, fixture('zip', one)))
    expect(marked?.entries).toEqual(plain?.entries)
    expect(marked?.contents).toEqual(plain?.contents)
    expect(marked?.problems).toEqual([])
  })

  it('names what it cannot read: encrypted members and other methods', () => {
    expect(collect(zip, fixture('zip', 'encrypted.zip')).problems).toMatchObject([
      { code: 'unsupported', path: 'etc/passwd' },
    ])
    expect(collect(zip, fixture('zip', 'bzip2.zip')).problems).toMatchObject([
      { code: 'unsupported', path: 'bin/numbers' },
    ])
  })

  it.each(['stored.zip', 'streamed.zip', 'zip64.zip', 'unix.zip'])(
    'follows the local headers of %s when its directory is gone',
    (name) => {
      const archive = withoutDirectory(name)
      const found = collect(zip, archive)
      expect(found.region.end).toBe(archive.length)
      expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
      expect(found.problems).toMatchObject([{ code: 'truncated', path: undefined }])
    },
  )

  it('follows the local headers when the directory is damaged, and still ends where the archive ends', () => {
    const archive = fixture('zip', 'stored.zip')
    archive[archive.lastIndexOf(CENTRAL)] = 0
    const found = collect(zip, Buffer.concat([archive, Buffer.alloc(100, 0x41)]))
    expect([...found.contents.keys()]).toEqual(['etc/passwd', 'bin/numbers'])
    expect(found.problems).toMatchObject([{ code: 'structure', path: undefined }])
    expect(found.region.end).toBe(archive.length)
  })

  it('finds each of two archives, and one behind a loader that counts from its start', () => {
    const [first, second] = [fixture('zip', 'stored.zip'), fixture('zip', 'streamed.zip')]
    const both = memoryBytes(Buffer.concat([first, second]))
    expect(zip.recognise(both, 0)?.end).toBe(first.length)
    expect(zip.recognise(both, first.length)?.end).toBe(first.length + second.length)

    const loader = Buffer.alloc(40, 0x20)
    const moved = Buffer.from(first)
    for (let at = moved.indexOf(CENTRAL); at >= 0; at = moved.indexOf(CENTRAL, at + 4))
      moved.writeUInt32LE(moved.readUInt32LE(at + 42) + 40, at + 42)
    const end = moved.lastIndexOf('PK\x05\x06')
    moved.writeUInt32LE(moved.readUInt32LE(end + 16) + 40, end + 16)
    const bytes = memoryBytes(Buffer.concat([loader, moved]))
    const region = zip.recognise(bytes, 40)
    expect(region).toEqual({ start: 40, end: 40 + first.length })
    expect(collect(zip, bytes, region).contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('refuses members that use the bytes of others', () => {
    const archive = fixture('zip', 'stored.zip')
    const second = archive.lastIndexOf(CENTRAL)
    archive.writeUInt32LE(0, second + 42)
    const found = collect(zip, archive)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'bin/numbers' }])
    expect([...found.contents.keys()]).toEqual(['etc/passwd'])
  })

  it('refuses sizes that DEFLATE cannot yield before it makes room for them', () => {
    const found = collect(zip, patched('streamed.zip', 24, 22, 0x7fff_ffff))
    expect(found.contents.size).toBe(0)
    expect(found.problems).toMatchObject([{ code: 'structure' }, { code: 'structure' }])
  })

  it('tells when a CRC differs, and when less comes out than announced', () => {
    expect(collect(zip, patched('stored.zip', 16, 14, 1)).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'checksum' },
    ])
    expect(
      collect(zip, patched('unix.zip', 16, 14, 1)).problems.every(({ code }) => code === 'checksum'),
    ).toBe(true)
    const found = collect(zip, patched('python.zip', 24, 22, 1000))
    expect(found.problems.length).toBeGreaterThan(0)
    expect(found.contents.size).toBe(0)
  })

  it('reads members that are longer than any view', () => {
    const content = Buffer.alloc(17 * 1024 * 1024, 'long ')
    const deflated = deflateRawSync(content)
    const local = Buffer.alloc(31)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(deflated.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(1, 26)
    local.write('a', 30)
    const found = collect(zip, Buffer.concat([local, deflated]))
    expect(found.contents.get('a')?.equals(content)).toBe(true)
    expect(found.problems.map(({ code }) => code)).toEqual(['truncated'])

    local.writeUInt32LE(1, 14)
    const wrong = collect(zip, Buffer.concat([local, deflated]))
    expect(wrong.problems).toContainEqual(expect.objectContaining({ message: 'the CRC differs', path: 'a' }))
  })

  it('searches a source once, however many archives seem to begin in it', () => {
    const header = withoutDirectory('streamed.zip').subarray(0, 50)
    const content = Buffer.concat(Array.from({ length: 2000 }, () => header))
    const bytes = countingBytes(content, content.length * 4, content.length * 40)
    for (let at = 0; at < content.length; at += header.length) zip.recognise(bytes, at)
  })
})

hostileSuite({ format: zip, fixture: fixture('zip', 'stored.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'streamed.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'zip64.zip') })
hostileSuite({ format: zip, fixture: fixture('zip', 'unix.zip') })
