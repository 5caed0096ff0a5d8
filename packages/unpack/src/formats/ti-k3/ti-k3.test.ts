import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tiK3 } from './index.ts'
import { parseTiK3 } from './parse.ts'

describe('ti-k3', () => {
  it.each([
    ['rom.bin', ['certificate.der', 'image']],
    ['system.bin', ['certificate.der', 'image']],
    ['combined.bin', ['certificate.der', 'component-1', 'component-2']],
  ])('gives certificate and images of %s', (name, members) => {
    const image = fixture('ti-k3', name)
    const { region, contents, problems } = collect(tiK3, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()]).toEqual(members)
    expect(contents.get(members[1] as string)?.toString('latin1', 0, 6)).toBe('1\n2\n3\n')
  })

  it('reads what the certificate says', () => {
    const said = (name: string) => {
      const image = parseTiK3(memoryBytes(fixture('ti-k3', name)), 0)
      return [image?.reader, image?.revision, image?.encrypted, image?.components[0]?.hash]
    }
    expect(said('rom.bin')).toEqual(['rom', 7, false, 'sha512'])
    expect(said('combined.bin')).toEqual(['rom-combined', 7, false, 'sha512'])
    expect(said('system.bin')).toEqual(['system-firmware', 7, false, 'sha512'])
    expect(said('encrypted.bin')).toEqual(['rom', 7, true, 'sha512'])
  })

  it('tells what is encrypted, and an end that is not there', () => {
    expect(collect(tiK3, fixture('ti-k3', 'encrypted.bin')).problems).toMatchObject([{ code: 'unsupported' }])
    const image = fixture('ti-k3', 'rom.bin')
    expect(collect(tiK3, image.subarray(0, -9)).problems).toMatchObject([{ code: 'truncated' }])
  })

  it.each(['sum.bin', 'alone.bin', 'other.bin'])('takes no %s', (name) => {
    const bytes = memoryBytes(readFileSync(new URL(`./fixtures/negative/${name}`, import.meta.url)))
    expect(tiK3.recognise(bytes, 0)).toBeUndefined()
  })
})

hostileSuite({ format: tiK3, fixture: fixture('ti-k3', 'combined.bin') })
