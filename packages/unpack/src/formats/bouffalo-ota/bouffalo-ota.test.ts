import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { bouffaloOta } from './index.ts'
import { parseBouffaloOta } from './parse.ts'

describe('bouffalo-ota', () => {
  it('gives the image as it is', () => {
    const { contents, problems } = collect(bouffaloOta, fixture('bouffalo-ota', 'raw.ota'))
    expect(problems).toEqual([])
    expect(contents.get('image')?.equals(fixture('bouffalo-image', 'bl602.bin'))).toBe(true)
  })

  it('gives the image that is packed', () => {
    const { contents, problems } = collect(bouffaloOta, fixture('bouffalo-ota', 'xz.ota'))
    expect(problems).toEqual([])
    expect(contents.get('image')?.subarray(0, 6).toString('latin1')).toBe('\xfd7zXZ\0')
  })

  it('knows its versions', () => {
    expect(parseBouffaloOta(memoryBytes(fixture('bouffalo-ota', 'xz.ota')), 0)).toMatchObject({
      kind: 'XZ',
      hardware: 'BFL_Module_v1.1',
      software: 'EVENT_V1.1.1',
    })
  })

  it('tells a hash that differs, and an image that is cut off', () => {
    const update = fixture('bouffalo-ota', 'raw.ota')
    update[6000] = (update[6000] as number) ^ 1
    expect(collect(bouffaloOta, update).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(bouffaloOta, update.subarray(0, 6000)).problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: bouffaloOta,
  fixture: fixture('bouffalo-ota', 'raw.ota'),
  needsItsEnd: 'there is one content only',
})
