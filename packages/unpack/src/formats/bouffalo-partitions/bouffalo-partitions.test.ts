import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { bouffaloPartitions } from './index.ts'

function rowsOf(image: Uint8Array) {
  const { contents, problems } = collect(bouffaloPartitions, image)
  return { problems, rows: JSON.parse(String(contents.get('partitions.json'))) }
}

describe('bouffalo-partitions', () => {
  it('gives the partitions with both of their places', () => {
    const { problems, rows } = rowsOf(fixture('bouffalo-partitions', 'bl602.bin'))
    expect(problems).toEqual([])
    expect(rows).toHaveLength(7)
    expect(rows[0]).toEqual({
      name: 'FW',
      type: 0,
      device: 0,
      active: 0,
      places: [
        { offset: 0x10000, size: 0xd8000 },
        { offset: 0xe8000, size: 0x88000 },
      ],
      length: 0,
    })
    expect(rows[6]).toMatchObject({ name: 'factory', places: [{ offset: 0x1f8000, size: 0x7000 }] })
  })

  it('ends with its rows', () => {
    const image = fixture('bouffalo-partitions', 'bl616.bin')
    const { region } = collect(bouffaloPartitions, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(region.end).toBe(image.length)
  })

  it('tells rows whose CRC differs', () => {
    const image = fixture('bouffalo-partitions', 'bl602.bin')
    image[20] = 0x58
    expect(rowsOf(image).problems).toMatchObject([{ code: 'checksum', path: 'partitions.json' }])
  })
})

hostileSuite({
  format: bouffaloPartitions,
  fixture: fixture('bouffalo-partitions', 'bl602.bin'),
  needsItsEnd: 'the CRC of the rows lies at its end',
})
