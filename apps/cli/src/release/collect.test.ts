import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CliError } from '../errors.ts'
import { collectRelease } from './collect.ts'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-collect-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function tree(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(files)) {
    const full = join(folder, name, path)
    mkdirSync(join(full, '..'), { recursive: true })
    writeFileSync(full, content)
  }
  return join(folder, name)
}

function collected(paths: readonly string[]) {
  const release = collectRelease(paths)
  const members = [...(release.members?.() ?? [])].map(
    ({ directory, meta }) => `${directory}/${meta.path} ${meta.type}`,
  )
  const result = {
    files: release.files.map((file) => [file.directory, file.name]),
    members,
    images: release.images([]),
  }
  release.close()
  return result
}

describe('a release', () => {
  it('is a file, by its base name', () => {
    const path = join(tree('one', { 'fw.bin': 'x' }), 'fw.bin')
    expect(collected([path]).files).toEqual([['', 'fw.bin']])
  })

  it('keeps two files of one name apart', () => {
    const paths = ['a', 'b'].map((name) => join(tree(name, { 'fw.bin': name }), 'fw.bin'))
    expect(collected(paths).files).toEqual([
      ['', 'fw.bin'],
      ['', 'fw.bin#2'],
    ])
  })

  it('is a directory of images: each is a file of the release', () => {
    const { files, images } = collected([
      tree('images', { 'u-boot.bin': 'u', 'sub/kernel.itb': 'k', 'empty.txt': '' }),
    ])
    expect(files).toEqual([
      ['images', 'sub/kernel.itb'],
      ['images', 'u-boot.bin'],
    ])
    expect(images.map((image) => image.name)).toEqual(['images/sub/kernel.itb', 'images/u-boot.bin'])
  })

  it('is an extracted root file system: its members are streamed, links are not followed, and it is one image', () => {
    const root = tree('rootfs', { 'etc/passwd': 'root', 'bin/sh': 'x' })
    symlinkSync('/etc/passwd', join(root, 'etc/link'))
    const { files, members, images } = collected([root])
    expect(files).toEqual([])
    expect(members).toEqual([
      'rootfs/bin directory',
      'rootfs/bin/sh file',
      'rootfs/etc directory',
      'rootfs/etc/link symlink',
      'rootfs/etc/passwd file',
    ])
    expect(images).toEqual([{ name: 'rootfs/', size: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  })

  it('is what an ESP-IDF build would flash, in order of offsets', () => {
    const build = tree('build', {
      'flasher_args.json': JSON.stringify({
        flash_files: { '0x10000': 'app.bin', '0x1000': 'bootloader/bootloader.bin' },
      }),
      'app.bin': 'a',
      'bootloader/bootloader.bin': 'b',
    })
    expect(collected([join(build, 'flasher_args.json')]).files).toEqual([
      ['', 'bootloader/bootloader.bin'],
      ['', 'app.bin'],
    ])
  })

  it('does not follow flasher_args.json out of its folder', () => {
    const build = tree('evil', { 'flasher_args.json': '{"flash_files": {"0x0": "../../etc/passwd"}}' })
    expect(() => collectRelease([join(build, 'flasher_args.json')])).toThrow(/outside of its folder/)
  })

  it('is refused with the name of what cannot be read', () => {
    const empty = join(tree('empty', { x: '' }), 'x')
    mkdirSync(join(folder, 'nothing'))
    for (const [path, code] of [
      [empty, 'empty'],
      [join(folder, 'nothing'), 'empty'],
      [join(folder, 'missing.bin'), 'not-found'],
      ['/dev/null', 'not-a-file'],
    ] as const) {
      try {
        collectRelease([path])
        expect.unreachable(path)
      } catch (error) {
        expect(error).toBeInstanceOf(CliError)
        expect((error as CliError).code).toBe(code)
        expect((error as CliError).message).toContain(path)
      }
    }
  })
})
