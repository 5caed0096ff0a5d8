import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uBoot } from './index.ts'

const TREE = fixture('fdt', 'board.dtb')

describe('u-boot', () => {
  it.each(['arm.bin', 'riscv.bin', 'riscv-machine.bin', 'x86.bin'])(
    'shows program and device tree of %s',
    (name) => {
      const image = fixture('u-boot', name)
      const { contents, entries, problems } = collect(uBoot, image)
      expect(problems).toEqual([])
      expect(contents.get('u-boot-nodtb.bin')).toEqual(image.subarray(0, image.length - TREE.length))
      expect(contents.get('u-boot.dtb')).toEqual(TREE)
      expect(entries.map(({ program }) => program)).toEqual([true, undefined])
    },
  )

  it('ends a program where its table does, with or without anything behind it', () => {
    const alone = fixture('u-boot', 'arm-alone.bin')
    for (const behind of [
      Buffer.alloc(0),
      Buffer.alloc(64, 0xff),
      Buffer.alloc(4096),
      Buffer.from('noise'),
    ]) {
      const image = memoryBytes(Buffer.concat([Buffer.alloc(16), alone, behind]))
      expect(uBoot.recognise(image, 16)).toEqual({ start: 16, end: 16 + alone.length })
    }
  })

  it('takes the empty symbol of RISC-V along, and no padding', () => {
    const image = fixture('u-boot', 'riscv.bin')
    const program = image.subarray(0, image.length - TREE.length)
    const padded = memoryBytes(Buffer.concat([program, Buffer.alloc(4800)]))
    expect(uBoot.recognise(padded, 0)).toEqual({ start: 0, end: program.length })
  })

  it('leaves images for an SPL behind it to their own reader', () => {
    const alone = fixture('u-boot', 'arm-alone.bin')
    const image = memoryBytes(Buffer.concat([alone, fixture('fit', 'external.itb')]))
    expect(uBoot.recognise(image, 0)).toEqual({ start: 0, end: alone.length })
  })

  it('begins at the first instruction only', () => {
    const image = memoryBytes(fixture('u-boot', 'riscv-machine.bin'))
    expect(uBoot.recognise(image, 0)).toBeDefined()
    expect(uBoot.recognise(image, 4)).toBeUndefined()
  })

  it('tells a tree that is cut off', () => {
    const image = fixture('u-boot', 'arm.bin')
    expect(collect(uBoot, image.subarray(0, image.length - 100)).problems).toEqual([
      { code: 'truncated', message: 'the device tree is cut off', path: 'u-boot.dtb' },
    ])
  })

  it('does not look behind where another program starts', () => {
    const image = fixture('u-boot', 'arm.bin')
    const first = image.subarray(0, 2048)
    const both = memoryBytes(Buffer.concat([first, image]))
    expect(uBoot.recognise(both, 0)).toBeUndefined()
    expect(uBoot.recognise(both, first.length)).toEqual({ start: 2048, end: both.size })
  })
})

hostileSuite({
  format: uBoot,
  fixture: fixture('u-boot', 'arm.bin'),
  needsItsEnd: 'the table at its end is what speaks for it',
})
