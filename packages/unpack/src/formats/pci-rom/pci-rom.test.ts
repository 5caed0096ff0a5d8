import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { pciRom } from './index.ts'
import { romStarts } from './parse.ts'

const MIXED = fixture('pci-rom', 'mixed.rom')
const AARCH64 = fixture('pci-rom', 'aarch64.rom')
const OPEN_FIRMWARE = fixture('pci-rom', 'open-firmware.rom')
const SECTOR = 512
/** In an image of these fixtures, the byte whose highest bit says that it is the last one. */
const INDICATOR = 0x1c + 21

function changed(rom: Buffer, at: number, value: number): Buffer {
  const other = Buffer.from(rom)
  other[at] = value
  return other
}

/** A ROM of one image whose PCI data lies elsewhere. */
function movedTo(dataAt: number): Buffer {
  const rom = Buffer.alloc(4 * SECTOR)
  MIXED.copy(rom, 0, 0, 0x1c)
  MIXED.copy(rom, dataAt, 0x1c, 0x1c + 28)
  rom.writeUInt16LE(dataAt, 0x18)
  rom.writeUInt16LE(rom.length / SECTOR, dataAt + 16)
  rom[dataAt + 21] = 0x80
  rom[rom.length - 1] = -rom.reduce((sum, byte) => sum + byte, 0) & 0xff
  return rom
}

describe('pci-rom', () => {
  it('gives code from its entry on, and programs as they were', () => {
    const { contents, problems } = collect(pciRom, MIXED)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      '1af4-1041/0-x86.bin',
      '1af4-1041/1-x86_64.efi',
      '1af4-1041/2-x86_64.efi',
    ])
    expect(contents.get('1af4-1041/0-x86.bin')).toEqual(MIXED.subarray(3, SECTOR))
    const driver = fixture('pe', 'driver.efi')
    expect(contents.get('1af4-1041/1-x86_64.efi')).toEqual(driver)
    expect(contents.get('1af4-1041/2-x86_64.efi')).toEqual(driver)
    expect(collect(pciRom, AARCH64).contents.get('1af4-1041/0-aarch64.efi')).toEqual(
      fixture('pe', 'aarch64.efi'),
    )
  })

  it('gives FCode from its first byte on', () => {
    const fcode = collect(pciRom, OPEN_FIRMWARE).contents.get('1af4-1041/0-open-firmware.bin') as Buffer
    expect(fcode[0]).toBe(0xf1)
    expect(fcode.toString('latin1')).toContain('a program of our own')
  })

  it('holds nothing that is such a ROM again', () => {
    for (const rom of [MIXED, OPEN_FIRMWARE])
      for (const content of collect(pciRom, rom).contents.values()) {
        expect(pciRom.recognise(memoryBytes(content), 0)).toBeUndefined()
        expect(romStarts(memoryBytes(content), { start: 0, end: content.length })).toEqual([])
      }
  })

  it('is found by its PCI data, wherever that lies', () => {
    for (const dataAt of [0x1a, 0x50, 0x3fe, 0x400]) {
      const rom = movedTo(dataAt)
      expect(collect(pciRom, rom).problems).toEqual([])
      const file = memoryBytes(Buffer.concat([Buffer.alloc(100, 0x55), rom, rom]))
      expect(romStarts(file, { start: 0, end: file.size })).toEqual([100, 100 + rom.length])
      expect(romStarts(file, { start: 101, end: file.size })).toEqual([100 + rom.length])
    }
    const far = memoryBytes(movedTo(0x402))
    expect(romStarts(far, { start: 0, end: far.size })).toEqual([])
    expect(pciRom.recognise(far, 0)).toEqual({ start: 0, end: far.size })
  })

  it('tells bytes that do not add up to 0', () => {
    const { contents, problems } = collect(pciRom, changed(MIXED, 0x100, 1))
    expect(problems).toMatchObject([{ code: 'checksum', path: '1af4-1041/0-x86.bin' }])
    expect(contents.size).toBe(3)
    // The code's own size counts too: here it ends before the changed byte.
    const rom = movedTo(0x40)
    rom[SECTOR - 1] = -rom.subarray(0, SECTOR).reduce((sum, byte) => sum + byte, 0) & 0xff
    expect(collect(pciRom, changed(rom, SECTOR, 1)).problems).toEqual([])
  })

  it('tells what is cut off, and that an image is missing', () => {
    const cut = collect(pciRom, MIXED.subarray(0, 5 * SECTOR))
    expect(cut.problems).toMatchObject([{ code: 'truncated', path: '1af4-1041/2-x86_64.efi' }])
    expect(cut.contents.size).toBe(3)
    const missing = collect(pciRom, MIXED.subarray(0, 3 * SECTOR))
    expect(missing.problems).toMatchObject([{ code: 'structure' }])
    const last = changed(MIXED, INDICATOR, 0x80)
    expect(pciRom.recognise(memoryBytes(last), 0)).toEqual({ start: 0, end: SECTOR })
  })

  it('tells what cannot be decompressed', () => {
    const { problems } = collect(pciRom, Buffer.from(AARCH64).fill(0xff, 0x100))
    expect(problems).toMatchObject([{ path: '1af4-1041/0-aarch64.efi' }])
  })
})

for (const rom of [MIXED, AARCH64]) hostileSuite({ format: pciRom, fixture: rom })
hostileSuite({
  format: pciRom,
  fixture: OPEN_FIRMWARE,
  needsItsEnd: 'its one content reaches to its end',
})
