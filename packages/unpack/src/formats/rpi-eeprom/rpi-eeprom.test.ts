import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { rpiEeprom } from './index.ts'
import { parseRpiEeprom } from './parse.ts'

describe('rpi-eeprom', () => {
  it('gives code and files', () => {
    const { region, contents, problems } = collect(rpiEeprom, fixture('rpi-eeprom', 'eeprom.bin'))
    expect(problems).toEqual([])
    expect(region.end).toBe(fixture('rpi-eeprom', 'eeprom.bin').length)
    expect([...contents.keys()]).toEqual(['bootcode', 'bootconf.txt', 'bootconf.sig', 'pubkey.bin'])
    expect(contents.get('bootconf.txt')?.toString()).toContain('SIGNED_BOOT=1')
    expect(contents.get('pubkey.bin')).toHaveLength(264)
  })

  it('is none without a configuration, or where sections do not follow each other', () => {
    const image = fixture('rpi-eeprom', 'eeprom.bin')
    const without = Buffer.from(image)
    without.write('other.txt\0\0\0', image.indexOf('bootconf.txt'), 'latin1')
    expect(parseRpiEeprom(memoryBytes(without), 0)).toBeUndefined()
    const torn = Buffer.from(image)
    torn[7] = (torn[7] ?? 0) ^ 8
    expect(parseRpiEeprom(memoryBytes(torn), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: rpiEeprom,
  fixture: fixture('rpi-eeprom', 'eeprom.bin'),
  needsItsEnd: 'its configuration, which tells it apart, lies behind its code',
})
