import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { chromeosKernel } from './index.ts'

const IMAGE = fixture('chromeos-kernel', 'kernel.bin')

describe('chromeos-kernel', () => {
  it('gives the key block, the preamble and the kernel', () => {
    const { contents, problems } = collect(chromeosKernel, IMAGE)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['keyblock', 'preamble', 'kernel'])
    expect(contents.get('kernel')?.toString().startsWith(lines(1, 300))).toBe(true)
    expect(contents.get('kernel')?.toString('latin1')).toContain('console=ttyS0')
  })
})

hostileSuite({
  format: chromeosKernel,
  fixture: IMAGE,
  needsItsEnd: 'the preamble tells how long the kernel is',
})
