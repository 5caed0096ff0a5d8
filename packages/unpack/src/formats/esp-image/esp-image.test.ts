import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { espImage } from './index.ts'
import { parseEspImage } from './parse.ts'
import { findEspSignature } from './signature.ts'

describe('esp-image', () => {
  it('gives the segments of an application, named by their addresses', () => {
    const { contents, problems } = collect(espImage, fixture('esp-image', 'esp32-app.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['image.json', '0x3f400020.bin', '0x3ffb0000.bin', '0x40080000.bin'])
    expect(contents.get('0x40080000.bin')?.toString()).toMatch(/^section 0x40080000 line 0\n/)
    expect(contents.get('0x40080000.bin')?.length).toBe(300)
  })

  it('tells what the header and the descriptor say', () => {
    const { contents } = collect(espImage, fixture('esp-image', 'esp32-app.bin'))
    expect(JSON.parse(contents.get('image.json')?.toString() ?? '')).toMatchObject({
      family: 'esp32',
      chip: 'ESP32',
      entryPoint: 0x4008_0004,
      descriptor: {
        secureVersion: 3,
        version: '1.2.3-test',
        project: 'messlatte_probe',
        idfVersion: 'v5.4.1',
      },
    })
  })

  it('takes the signature sector of secure boot 2 into its region', () => {
    const image = fixture('esp-image', 'esp32c3-signed-v2.bin')
    const { region, contents, problems } = collect(espImage, image)
    expect(problems).toEqual([])
    expect(region.end).toBe(8192)
    expect(contents.get('signature-0')?.subarray(0, 2)).toEqual(Buffer.from([0xe7, 2]))
    const { end } = parseEspImage(memoryBytes(image), 0) ?? { end: 0 }
    expect(findEspSignature(memoryBytes(image), 0, end)).toMatchObject({
      scheme: 'v2',
      blocks: [{ kind: 'rsa-3072', crcMatches: true }],
    })
  })

  it('takes a signature whose padding or first block was tampered with, and one that is cut off', () => {
    const image = fixture('esp-image', 'esp32c3-signed-v2.bin')
    const padding = Buffer.from(image)
    padding[4000] = 0
    expect(collect(espImage, padding).region.end).toBe(8192)
    const second = Buffer.concat([
      image.subarray(0, 4096),
      Buffer.alloc(1216, 0xff),
      image.subarray(4096, 6976),
    ])
    expect([...collect(espImage, second).contents.keys()].at(-1)).toBe('signature-1')
    const { region, problems } = collect(espImage, image.subarray(0, 4196))
    expect(region.end).toBe(4196)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'signature-0' }])
  })

  it('takes the signature of secure boot 1 into its region', () => {
    const { region, contents } = collect(espImage, fixture('esp-image', 'esp32-signed-v1.bin'))
    expect(region.end).toBe(1252)
    expect(contents.get('signature-0')?.length).toBe(68)
  })

  it('reads both versions of the ESP8266', () => {
    const first = collect(espImage, fixture('esp-image', 'esp8266-v1.bin'))
    expect(first.problems).toEqual([])
    expect([...first.contents.keys()]).toEqual(['image.json', '0x40100000.bin', '0x3ffe8000.bin'])
    const second = collect(espImage, fixture('esp-image', 'esp8266-v2.bin'))
    expect(second.problems).toEqual([])
    expect(second.contents.get('0x00000000.bin')?.toString()).toMatch(/^section 0x40201010 line 0\n/)
    expect(JSON.parse(second.contents.get('image.json')?.toString() ?? '')).toMatchObject({
      family: 'esp8266',
    })
  })

  it('takes the SHA-256 behind an image of the RTOS SDK, where it fits', () => {
    const image = fixture('esp-image', 'esp8266-v3.bin')
    const whole = collect(espImage, image)
    expect([...whole.contents.keys()]).toEqual([
      'image.json',
      '0x40201010.bin',
      '0x3ffe8000.bin',
      '0x40100000.bin',
    ])
    expect(whole.region.end).toBe(image.length)
    image[100] = (image[100] as number) ^ 1
    expect(collect(espImage, image).region.end).toBe(image.length - 32)
  })

  it('shows what an image maps by itself that is started without a second stage', () => {
    const image = fixture('esp-image', 'esp32c3-ram-only-header.bin')
    const { contents, problems, region } = collect(espImage, image)
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()].filter((name) => !name.startsWith('0x00000000'))).toEqual([
      'image.json',
      '0x3fc90000.bin',
      '0x40380000.bin',
      '0x42000400.bin',
    ])
    expect(contents.get('0x42000400.bin')?.toString()).toMatch(/^section 0x42000400 line 0\n/)
    // A page that begins elsewhere is none that the chip can map.
    const moved = Buffer.from(image)
    moved.writeUInt32LE(0x4200_0900, image.indexOf('section 0x42000400') - 8)
    expect(collect(espImage, moved).region.end).toBeLessThan(500)
  })

  it('takes segments for the memory close to the cores of the ESP32-P4', () => {
    const image = fixture('esp-image', 'esp32p4-tcm.bin')
    const { contents, problems, region } = collect(espImage, image)
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()].filter((name) => !name.startsWith('0x00000000'))).toEqual([
      'image.json',
      '0x40000020.bin',
      '0x30100000.bin',
      '0x4ff00000.bin',
    ])
    expect(contents.get('0x30100000.bin')?.toString()).toMatch(/^section 0x30100000 line 0\n/)
  })

  it('tells checksums that differ, and shows the segments all the same', () => {
    const image = fixture('esp-image', 'esp32-app.bin')
    image[600] = (image[600] as number) ^ 1
    const { contents, problems } = collect(espImage, image)
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'checksum: the checksum of the segments differs',
      'checksum: the appended SHA-256 differs',
    ])
    expect(contents.size).toBe(4)
    const old = fixture('esp-image', 'esp8266-v2.bin')
    old[100] = (old[100] as number) ^ 1
    expect(collect(espImage, old).problems).toMatchObject([{ message: 'the appended CRC differs' }])
  })

  it('shows what lies before a cut', () => {
    const { contents, problems } = collect(espImage, fixture('esp-image', 'esp32-app.bin').subarray(0, 1000))
    expect(problems.map(({ code }) => code)).toEqual(['truncated', 'truncated'])
    expect(contents.get('0x3f400020.bin')?.length).toBe(700)
    expect(contents.get('0x40080000.bin')?.length).toBeLessThan(300)
  })

  it('is sought at the starts of sectors, whatever its header says of pins', () => {
    const image = fixture('esp-image', 'esp32-app.bin')
    image[8] = 0x07
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(4096, 0xff), image]))
    expect([...(espImage.candidates?.(flash, { start: 0, end: flash.size }) ?? [])]).toEqual([4096])
    expect(espImage.recognise(flash, 4096)).toEqual({ start: 4096, end: flash.size })
  })
})

hostileSuite({ format: espImage, fixture: fixture('esp-image', 'esp32-app.bin') })
hostileSuite({ format: espImage, fixture: fixture('esp-image', 'esp32c3-signed-v2.bin') })
hostileSuite({ format: espImage, fixture: fixture('esp-image', 'esp8266-v2.bin') })
hostileSuite({ format: espImage, fixture: fixture('esp-image', 'esp32c3-ram-only-header.bin') })
