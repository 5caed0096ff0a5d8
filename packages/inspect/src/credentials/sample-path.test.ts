import { describe, expect, it } from 'vitest'
import { isSampleArtefact } from './sample-path.ts'

describe('paths of documentation, examples and tests', () => {
  it.each([
    ['fw.bin@0x40:squashfs', 'usr/share/doc/pkg/shadow'],
    ['fw.bin@0x40:squashfs/usr/share/doc/x.gz@0x0:gzip', 'content'],
    ['fw.bin@0x40:squashfs/usr/share/doc/x.tar.gz@0x0:gzip/x.tar@0x0:tar', 'etc/shadow'],
    ['fw.bin@0x40:squashfs/opt/examples/a.zip@0x0:zip', 'etc/passwd'],
  ])('%s holds a sample: %s', (root, inner) => {
    expect(isSampleArtefact({ root, inner })).toBe(true)
  })

  it.each([
    ['fw.bin@0x40:squashfs', 'etc/shadow'],
    ['fw.bin@0x40:squashfs/opt/app.tar@0x0:tar', 'etc/shadow'],
    // What a delivery calls its folders says nothing about the file system in it.
    ['release.zip@0x0:zip/tests/rootfs.img@0x0:squashfs', 'etc/shadow'],
  ])('%s holds the product: %s', (root, inner) => {
    expect(isSampleArtefact({ root, inner })).toBe(false)
  })
})
