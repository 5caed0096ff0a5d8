import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { bcmKernel } from './index.ts'

describe('bcm-kernel', () => {
  it.each([['kernel.bin', { kernel: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(bcmKernel, fixture('bcm-kernel', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })
})

hostileSuite({
  format: bcmKernel,
  fixture: fixture('bcm-kernel', 'kernel.bin'),
  needsItsEnd: 'there is one content only',
})
