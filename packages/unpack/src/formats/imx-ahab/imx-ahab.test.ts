import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { imxAhab } from './index.ts'
import { parseAhab } from './parse.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1024 }, (_, index) => (index * 7 + 3) & 255))

describe('imx-ahab', () => {
  it.each(['signed.bin', 'unsigned.bin', 'version-2.bin'])('gives the images of %s', (name) => {
    const image = fixture('imx-ahab', name)
    const { region, contents, problems } = collect(imxAhab, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(contents.get('container-0-image-0')?.equals(PROGRAM)).toBe(true)
    expect(region.end).toBe(image.length)
  })

  it('reads versions and sets of keys', () => {
    const read = (name: string) => parseAhab(memoryBytes(fixture('imx-ahab', name)), 0)?.containers
    expect(read('signed.bin')).toMatchObject([{ srkSet: 'oem', fuseVersion: 3, softwareVersion: 5 }])
    expect(read('unsigned.bin')).toMatchObject([{ srkSet: 'none', tableAt: undefined }])
  })

  it('reads version 2, whose digests have numbers of four bits', () => {
    const bytes = memoryBytes(fixture('imx-ahab', 'version-2.bin'))
    const [container] = parseAhab(bytes, 0)?.containers ?? []
    expect(container).toMatchObject({ version: 2, srkSet: 'oem', fuseVersion: 3, softwareVersion: 5 })
    const [image] = container?.images ?? []
    const digest = createHash('sha384').update(PROGRAM).digest()
    expect(image).toMatchObject({ hashName: 'sha384', encrypted: false })
    expect(digest.equals(image?.hash.subarray(0, 48) ?? digest.subarray(1))).toBe(true)
    expect([...(imxAhab.candidates?.(bytes, { start: 0, end: bytes.size }) ?? [])]).toEqual([0])
  })

  it('is sought where containers begin', () => {
    const image = fixture('imx-ahab', 'signed.bin')
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(0x8000), image]))
    const at = [...(imxAhab.candidates?.(flash, { start: 5, end: flash.size }) ?? [])]
    expect(at).toEqual([0x8000])
  })
})

hostileSuite({
  format: imxAhab,
  fixture: fixture('imx-ahab', 'signed.bin'),
  needsItsEnd: 'its one content ends with it',
})

hostileSuite({
  format: imxAhab,
  fixture: fixture('imx-ahab', 'version-2.bin'),
  needsItsEnd: 'its one content ends with it',
})
