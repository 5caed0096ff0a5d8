import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { qcow } from './index.ts'

describe('qcow', () => {
  it.each(['plain', 'packed'])('maps %s', (name) => {
    const { contents, problems } = collect(qcow, fixture('qcow', `${name}.qcow`))
    expect(problems).toEqual([])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('names a backing file, and tells what is encrypted', () => {
    const image = fixture('qcow', 'plain.qcow')
    image.writeBigUInt64BE(BigInt(image.length), 8)
    image.writeUInt32BE(4, 16)
    image.writeUInt32BE(1, 36)
    const { contents, entries, problems } = collect(qcow, Buffer.concat([image, Buffer.from('base')]))
    expect(problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/"base"/) },
      { code: 'unsupported', message: 'encrypted (AES)' },
    ])
    expect(contents.size).toBe(0)
    expect(entries).toMatchObject([{ path: 'disk.img' }])
  })
})

for (const name of ['plain', 'packed'])
  hostileSuite({
    format: qcow,
    fixture: fixture('qcow', `${name}.qcow`),
    needsItsEnd: 'the last bytes of the image are some of the disk',
  })
