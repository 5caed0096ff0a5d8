import {
  type Bytes,
  bzip2Stream,
  gzipStream,
  lz4FrameStream,
  lzmaAloneStream,
  memoryBytes,
  type StreamEnd,
  xzStream,
  zstdStream,
} from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { attempt } from '../../testing/attempt.ts'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ikconfig } from '../ikconfig/index.ts'
import { lzop } from '../lzop/index.ts'
import { kernel } from './index.ts'
import { parseKernel } from './parse.ts'

const KERNEL = Array.from({ length: 1999 }, (_, index) => `kernel ${index + 1}\n`).join('')

type Decode = (bytes: Bytes, at: number, write: (chunk: Uint8Array) => void) => StreamEnd

const COMPRESSED: readonly (readonly [string, string, Decode])[] = [
  ['zimage-gzip', 'arm-zimage', gzipStream],
  ['zimage-big-lzop', 'arm-zimage', lzop.decode],
  ['zimage-old-lzma', 'arm-zimage', lzmaAloneStream],
  ['zimage-lz4', 'arm-zimage', lz4FrameStream],
  ['bzimage-xz', 'x86-bzimage', xzStream],
  ['bzimage-signed', 'x86-bzimage', zstdStream],
  ['bzimage-old-bzip2', 'x86-bzimage', bzip2Stream],
  ['zboot-gzip', 'efi-zboot', gzipStream],
  ['zboot-zstd', 'efi-zboot', zstdStream],
  ['mips-vmlinuz', 'mips-vmlinuz', gzipStream],
  ['powerpc-zimage', 'powerpc-zimage', gzipStream],
  ['s390-image', 's390-image', xzStream],
]

describe('kernel', () => {
  it.each(COMPRESSED)('gives the compressed kernel of %s', (name, variant, decode) => {
    const image = fixture('kernel', name)
    expect(parseKernel(memoryBytes(image), 0)).toMatchObject({ variant, end: image.length })
    const { contents, problems } = collect(kernel, image)
    expect(problems).toEqual([])
    const payload = memoryBytes(contents.get('payload') as Buffer)
    expect(collectStream((write) => decode(payload, 0, write)).content.toString()).toBe(KERNEL)
  })

  it.each(['zimage-gzip', 'zboot-gzip', 'zboot-zstd'])('ends the payload of %s where it ends', (name) => {
    const { contents } = collect(kernel, fixture('kernel', name))
    const payload = memoryBytes(contents.get('payload') as Buffer)
    const decode = name === 'zboot-zstd' ? zstdStream : gzipStream
    expect(collectStream((write) => decode(payload, 0, write)).end.end).toBe(payload.size)
  })

  it('gives the initramfs that the zImage of PowerPC carries, and takes no other program for one', () => {
    const { contents } = collect(kernel, fixture('kernel', 'powerpc-zimage'))
    expect([...contents.keys()]).toEqual(['payload', 'initrd'])
    expect(contents.get('initrd')?.subarray(0, 6).toString()).toBe('070701')
  })

  it('takes what has no trailer of z/Architecture to the end of the bytes, also when nothing in it is compressed', () => {
    const image = fixture('kernel', 's390-image').subarray(0, 0x11000 + 4096)
    const { contents, region, problems } = collect(kernel, image)
    expect([region.end, problems]).toEqual([image.length, []])
    expect(contents.get('body')).toHaveLength(4096)
  })

  it('gives the certificates that were appended', () => {
    const { contents } = collect(kernel, fixture('kernel', 'bzimage-signed'))
    expect(contents.get('certificates')).toEqual(
      Buffer.concat([Buffer.from([40, 0, 0, 0, 0, 2, 2, 0]), Buffer.alloc(32)]),
    )
  })

  it.each([
    ['arm64-image', 'body'],
    ['arm64-efi', 'body'],
    ['riscv-image', 'body'],
    ['vmlinux', 'segment-0'],
  ])('gives %s as it is, with what lies in it', (name, path) => {
    const { contents, problems } = collect(kernel, fixture('kernel', name))
    expect([...contents.keys()]).toEqual([path])
    expect(problems).toEqual([])
    const body = contents.get(path) as Buffer
    const config = body.indexOf('IKCFG_ST')
    expect(ikconfig.recognise(memoryBytes(body), config)).toBeDefined()
    expect(body.includes('070701')).toBe(name === 'arm64-image' || name === 'vmlinux')
  })

  it('says nothing of memory that is not in the file', () => {
    const image = fixture('kernel', 'arm64-image')
    image.writeUInt32LE(99_999, 16)
    const { region, problems } = collect(kernel, image)
    expect([region.end, problems]).toEqual([image.length, []])
  })

  // The hostile suite asks for a note of each cut, and here a cut cannot be told from memory that is not in the file, or from an older kernel.
  it.each(['arm64-image', 'riscv-image', 's390-image'])('stands cuts and flipped bytes of %s', (name) => {
    const image = fixture('kernel', name)
    for (let at = 0; at < 128; at++) {
      attempt(kernel, image.subarray(0, at))
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Buffer.from(image)
        damaged[at] = (damaged[at] as number) ^ flip
        attempt(kernel, damaged)
      }
    }
  })

  it('gives all behind the header when nothing compressed is found', () => {
    const { contents, problems } = collect(kernel, fixture('kernel', 'zimage-gzip').fill(0x11, 4096))
    expect([...contents.keys()]).toEqual(['body'])
    expect(problems).toMatchObject([{ code: 'structure' }])
  })

  it('takes a program that is no Linux, and whose last paragraph is not full, as it is', () => {
    const header = Buffer.alloc(1024)
    header.writeUInt8(1, 0x1f1)
    header.writeUInt32LE(64 + 1, 0x1f4)
    header.writeUInt16LE(0xaa55, 0x1fe)
    header.write('HdrS', 0x202, 'latin1')
    header.writeUInt16LE(0x0204, 0x206)
    const { contents, problems } = collect(kernel, Buffer.concat([header, Buffer.alloc(64 * 16 + 7, 0x90)]))
    expect(contents.get('body')).toHaveLength(64 * 16 + 7)
    expect(problems).toEqual([])
  })

  it('says that an image is cut off, and gives what is there', () => {
    const { contents, problems } = collect(kernel, fixture('kernel', 'bzimage-xz').subarray(0, 3500))
    expect(contents.get('payload')).toHaveLength(3500 - 3072)
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'payload' }])
  })
})

const needsItsEnd = 'there is one content, and it goes to the end'
for (const [name] of COMPRESSED.filter(([name]) => name !== 's390-image'))
  hostileSuite({ format: kernel, fixture: fixture('kernel', name), needsItsEnd })
for (const name of ['arm64-efi', 'vmlinux'])
  hostileSuite({ format: kernel, fixture: fixture('kernel', name), needsItsEnd })
