import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uBootArm64 } from './index.ts'

const TREE = fixture('fdt', 'board.dtb')

describe('u-boot-arm64', () => {
  it.each(['plain.bin', 'spl.bin', 'allwinner.bin'])('shows program and device tree of %s', (name) => {
    const image = fixture('u-boot-arm64', name)
    const { contents, entries, problems } = collect(uBootArm64, image)
    expect(problems).toEqual([])
    expect(contents.get('u-boot-nodtb.bin')).toEqual(image.subarray(0, 8192))
    expect(contents.get('u-boot.dtb')).toEqual(TREE)
    expect(entries.map(({ program }) => program)).toEqual([true, undefined])
  })

  it('takes a program that ends with its file, and none that ends anywhere', () => {
    const alone = fixture('u-boot-arm64', 'plain.bin').subarray(0, 8192)
    expect(collect(uBootArm64, alone).region).toEqual({ start: 0, end: 8192 })
    const longer = Buffer.concat([alone, Buffer.alloc(64)])
    expect(uBootArm64.recognise(memoryBytes(longer), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: uBootArm64,
  fixture: fixture('u-boot-arm64', 'plain.bin'),
  needsItsEnd: 'its tree, or its end, is what speaks for it',
})
