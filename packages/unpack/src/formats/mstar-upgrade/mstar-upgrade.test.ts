import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { mstarUpgrade } from './index.ts'
import { parseMstarScript } from './script.ts'

function scriptOf(text: string) {
  return parseMstarScript(memoryBytes(Buffer.from(text.padEnd(2000, '\xff'), 'latin1')), 0)?.parts
}

describe('mstar-upgrade', () => {
  it.each(['plain.bin', 'xgimi.bin'])('gives the script and the partitions of %s', (name) => {
    const { contents, problems } = collect(mstarUpgrade, fixture('mstar-upgrade', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['script', 'boot', 'system', 'boot-1', 'tee'])
    expect(contents.get('script')?.toString()).toMatch(/^#\n# Generated.* end of file symbol\n$/s)
    expect(contents.get('boot')?.toString()).toBe(lines(1, 300))
    expect(contents.get('system')?.toString()).toBe(lines(1, 2000))
  })

  it('gives the partitions of a camera, which U-Boot loads and has a table of', () => {
    const image = fixture('mstar-upgrade', 'camera.bin')
    const { contents, problems } = collect(mstarUpgrade, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['script', 'kernel', 'rootfs', 'customer'])
    expect(contents.get('rootfs')?.toString()).toBe(lines(1, 2000))
    expect(contents.get('customer')?.toString()).toBe(lines(1, 20))
  })

  it('tells checksums that differ, and what is cut off', () => {
    const image = fixture('mstar-upgrade', 'plain.bin')
    image[900] = 0
    image[0x4000] = 0
    expect(collect(mstarUpgrade, image).problems).toMatchObject([
      { code: 'checksum', message: 'the CRC-32 of the script differs' },
      { code: 'checksum', message: 'the CRC-32 of the parts differs' },
    ])
    const cut = collect(mstarUpgrade, image.subarray(0, 0x5800))
    expect(cut.contents.has('boot')).toBe(true)
    expect(cut.problems).toMatchObject([
      { code: 'truncated', path: 'system' },
      { code: 'structure', path: 'system' },
      { code: 'truncated', path: 'boot-1' },
      { code: 'truncated', path: 'tee' },
    ])
  })

  it('puts pieces together that are written behind each other', () => {
    const image = fixture('mstar-upgrade', 'plain.bin')
    const script =
      'filepartload 0 f 0x4000 0x10\nmmc write.p 0 data 0x10\nfilepartload 0 f 4010 10\nmmc write.p.continue 0 data 8 10\n'
    image.fill(0xff, 0, 0x4000)
    image.write(script, 'latin1')
    const { contents } = collect(mstarUpgrade, image)
    expect(contents.get('data')?.toString()).toBe(lines(1, 300).slice(0, 32))
  })

  it('knows commands with variables, and names that lead nowhere', () => {
    expect(scriptOf('setenv from 4000\nfilepartload 1 $(file) $(from) 10\nmmc write.p 1 .. 10\n')).toEqual([
      { offset: 0x4000, length: 16, packed: false, continued: false },
    ])
    expect(scriptOf('fatload mmc 0 1 f 10 4000\nfatload mmc 0 1 f\nnand write.e 1 boot 10\n')).toEqual([
      { offset: 0x4000, length: 16, name: 'boot', packed: false, continued: false },
    ])
    expect(scriptOf('filepartload 1 f zz 10\n')).toBeUndefined()
    expect(scriptOf('mmc write.p 1 boot 10\n')).toBeUndefined()
  })
})

hostileSuite({ format: mstarUpgrade, fixture: fixture('mstar-upgrade', 'plain.bin') })
hostileSuite({ format: mstarUpgrade, fixture: fixture('mstar-upgrade', 'xgimi.bin') })
hostileSuite({ format: mstarUpgrade, fixture: fixture('mstar-upgrade', 'camera.bin') })
