import { describe, expect, it } from 'vitest'
import { entryOf } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { npk } from './index.ts'

describe('npk', () => {
  it('gives the parts, and the files of the packed one', () => {
    const found = collect(npk, fixture('npk', 'kernel.npk'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('0-description')?.toString()).toBe('a package')
    expect(found.contents.get('1-on-install')?.toString()).toBe('#!/bin/sh\n')
    expect(found.contents.get('boot/kernel')?.toString('latin1')).toBe('\0'.repeat(400) + lines(1, 40))
    expect(found.contents.get('UPGRADED')).toHaveLength(32)
    expect(entryOf(found, 'boot')).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(entryOf(found, 'boot/kernel')).toMatchObject({ type: 'file', mode: 0o755 })
  })

  it('tells what is damaged, and what is cut off', () => {
    const image = fixture('npk', 'kernel.npk')
    const at = image.indexOf('10\n11\n')
    image[at] = 0x20
    expect(collect(npk, image).problems).toMatchObject([{ code: 'structure' }])
    const { contents, problems } = collect(npk, image.subarray(0, at))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated' }])
    expect(contents.get('0-description')?.toString()).toBe('a package')
  })
})

hostileSuite({ format: npk, fixture: fixture('npk', 'kernel.npk') })
