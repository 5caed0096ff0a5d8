import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-split-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FORMATS = join(ROOT, 'packages/unpack/src/formats')
const ARCHIVE = readFileSync(join(FORMATS, 'sevenzip/fixtures/positive/lzma.7z'))
const PASSWD = createHash('sha256').update('root:x:0:0:root:/root:/bin/sh\n').digest('hex')

/** Cut as `7z -v1000b` cuts. */
function cut(place: string, leave = ''): readonly string[] {
  mkdirSync(join(folder, place), { recursive: true })
  const count = Math.ceil(ARCHIVE.length / 1000)
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, place, `fw.7z.00${index + 1}`)
    if (!path.endsWith(leave) || leave === '')
      writeFileSync(path, ARCHIVE.subarray(index * 1000, index * 1000 + 1000))
    return path
  }).filter((path) => leave === '' || !path.endsWith(leave))
}

interface Listed {
  readonly entries: readonly { readonly path: string; readonly sha256: string | null }[]
  readonly unpacked: {
    readonly damage: readonly { readonly path: string; readonly message: string }[]
    readonly unknownBytes: number
    readonly map: readonly { readonly path: string; readonly length: number; readonly format?: string }[]
  }
}

function listed(...paths: readonly string[]): Listed {
  const { code, out, err } = messlatte(['unpack', '--json', ...paths])
  expect(err).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out) as Listed
}

function passwdIn({ entries }: Listed): readonly string[] {
  return entries.filter(({ sha256 }) => sha256 === PASSWD).map(({ path }) => path)
}

describe('an archive in several files', () => {
  it('is read as one where they are handed in one by one, in any order', () => {
    const parts = cut('one')
    const found = listed(...parts.toReversed())
    expect(passwdIn(found)).toContain('fw.7z.001@0x0:split/fw.7z@0x0:sevenzip/etc/passwd')
    expect(found.unpacked.damage).toEqual([])
    expect(found.unpacked.unknownBytes).toBe(0)
    expect(found.unpacked.map.map(({ path, length, format }) => [path, length, format])).toEqual([
      ['fw.7z.001', 1000, 'split'],
      ['fw.7z.002', 1000, 'split'],
      ['fw.7z.003', 1000, 'split'],
      ['fw.7z.004', ARCHIVE.length - 3000, 'split'],
    ])
  })

  it('is read as one where they lie in a folder, or in an archive', () => {
    cut('two/images')
    expect(passwdIn(listed(join(folder, 'two')))).toContain(
      'two/images/fw.7z.001@0x0:split/fw.7z@0x0:sevenzip/etc/passwd',
    )
    for (const [name, flags] of [
      ['release.tar', '-cf'],
      ['release.tar.gz', '-czf'],
    ] as const)
      execFileSync('tar', [flags, join(folder, name), '-C', join(folder, 'two'), 'images'])
    expect(passwdIn(listed(join(folder, 'release.tar')))).toContain(
      'release.tar@0x0:tar/images/fw.7z.001@0x0:split/fw.7z@0x0:sevenzip/etc/passwd',
    )
    expect(passwdIn(listed(join(folder, 'release.tar.gz')))).toContain(
      'release.tar.gz@0x0:gzip/content@0x0:tar/images/fw.7z.001@0x0:split/fw.7z@0x0:sevenzip/etc/passwd',
    )
  })

  it('says which of them is missing', () => {
    const { unpacked } = listed(...cut('three', '.003'))
    expect(unpacked.damage).toContainEqual({
      ...{ path: 'fw.7z.001', code: 'truncated', message: 'the part fw.7z.003 is missing' },
    })
  })

  it('is read as one where it is an image for a small memory', () => {
    const found = listed(join(FORMATS, 'android-sparse/fixtures/split'))
    const paths = found.entries.map(({ path }) => path)
    expect(paths).toContain('split/raw.img_sparsechunk.0@0x0:split/raw.img@0x0:android-sparse/content')
  })

  it.each(['rar4', 'rar5', 'cab', 'wim'])('is read as one where %s made it', (format) => {
    const found = listed(join(FORMATS, format, 'fixtures/split'))
    expect(found.unpacked.damage).toEqual([])
    expect(passwdIn(found).length).toBeGreaterThan(0)
  })
})
