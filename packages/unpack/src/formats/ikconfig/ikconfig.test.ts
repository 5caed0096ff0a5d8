import { gunzipSync } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ikconfig } from './index.ts'

describe('ikconfig', () => {
  it('gives what lies between the marks', () => {
    const { contents, problems } = collect(ikconfig, fixture('ikconfig', 'config.bin'))
    expect(problems).toEqual([])
    const lines = gunzipSync(contents.get('config') as Buffer)
      .toString()
      .split('\n')
    expect([lines.length, lines[0], lines[200]]).toEqual([
      202,
      '# Linux/arm 6.1.0 Kernel Configuration',
      'CONFIG_OPTION_200=y',
    ])
  })

  it('gives what is there when the end is missing, and says so', () => {
    const { region, contents, problems } = collect(
      ikconfig,
      fixture('ikconfig', 'config.bin').subarray(0, 300),
    )
    expect(region.end).toBe(300)
    expect(contents.get('config')).toHaveLength(292)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'config' }])
  })

  it('takes no start whose end belongs to another one, or is too far away', () => {
    const whole = fixture('ikconfig', 'config.bin')
    const two = memoryBytes(Buffer.concat([whole.subarray(0, 100), whole]))
    expect(ikconfig.recognise(two, 0)).toBeUndefined()
    expect(ikconfig.recognise(two, 100)).toEqual({ start: 100, end: 100 + whole.length })
    const far = Buffer.concat([whole.subarray(0, 100), Buffer.alloc(1024 * 1024), whole.subarray(-8)])
    expect(ikconfig.recognise(memoryBytes(far), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: ikconfig,
  fixture: fixture('ikconfig', 'config.bin'),
  needsItsEnd: 'there is one content, and it ends with the structure',
})
