import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { sigmastarMxp } from './index.ts'

describe('sigmastar-mxp', () => {
  it('gives the partitions', () => {
    const { contents, problems } = collect(sigmastarMxp, fixture('sigmastar-mxp', 'table.bin'))
    expect(problems).toEqual([])
    expect(JSON.parse(String(contents.get('partitions.json')))).toEqual([
      { name: 'MXPT', start: 0xf000, size: 4096 },
      { name: 'IPL', start: 0, size: 0xf000 },
      { name: 'UBOOT', start: 0x20000, size: 0x30000 },
    ])
  })
})

hostileSuite({
  format: sigmastarMxp,
  fixture: fixture('sigmastar-mxp', 'table.bin'),
  needsItsEnd: 'unused records end a table',
})
