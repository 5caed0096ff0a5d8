import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { hisiliconBoot } from './index.ts'

describe('hisilicon-boot', () => {
  it.each(['earlier.bin', 'later.bin'])('gives the registers of %s', (name) => {
    const { contents, problems } = collect(hisiliconBoot, fixture('hisilicon-boot', name))
    expect(problems).toEqual([])
    const registers = JSON.parse(String(contents.get('registers.json')))
    expect(registers).toHaveLength(10)
    expect(registers.slice(0, 3)).toEqual([
      { address: '0x12010000', value: '0x12000000', attributes: '0x000000fd' },
      { address: '0x12010004', value: '0x12000001', attributes: '0x000000fd', delay: 100000 },
      { delay: 100 },
    ])
  })
})

hostileSuite({
  format: hisiliconBoot,
  fixture: fixture('hisilicon-boot', 'later.bin'),
  needsItsEnd: 'the table has to be ended',
})
hostileSuite({
  format: hisiliconBoot,
  fixture: fixture('hisilicon-boot', 'earlier.bin'),
  needsItsEnd: 'the table has to be ended',
})
