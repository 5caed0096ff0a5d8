import { type Bytes, Reader } from '@messlatte/bytes'
import { type BootHeader, hex32 } from './header.ts'

const TAIL = 20
const VERSIONS: ReadonlySet<number> = new Set([0x5731, 0x5732])
const FLASH: readonly (string | undefined)[] = [
  undefined,
  'NOR',
  'NAND with blocks of 16 KiB',
  'NAND with blocks of 128 KiB',
  'NAND with blocks of 256 KiB',
  'NAND with blocks of 512 KiB',
  'NAND with blocks of 1 MiB',
  'NAND with blocks of 2 MiB',
]
const HAS_PMC = 1
const SUPPORTS_BOOT_ROM = 2

/** OpenWrt, bcm4908img.c: little endian, the last bytes of a whole flash image for Broadcom's router processors. */
export function readBroadcom(bytes: Bytes): BootHeader | undefined {
  const at = bytes.size - TAIL
  if (at < 0) return undefined
  const reader = new Reader(bytes.view(at, TAIL), 'little')
  const [sum, version, chip, flash, flags] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const flashType = FLASH[flash]
  // Chips are told by the digits of their names: BCM4908, BCM63138, BCM6858.
  if (!VERSIONS.has(version) || flashType === undefined || !/^[46][0-9]{3,4}$/.test(chip.toString(16)))
    return undefined
  if ((flags & ~(HAS_PMC | SUPPORTS_BOOT_ROM)) !== 0) return undefined
  const bootRom = (flags & SUPPORTS_BOOT_ROM) !== 0
  return {
    name: { en: 'whole-flash tail of Broadcom', de: 'Gesamtflash-Anhang von Broadcom' },
    at,
    length: TAIL,
    level: 'E1',
    fields: {
      crc32: hex32(sum),
      version: hex32(version),
      chip: `BCM${chip.toString(16)}`,
      flashType,
      powerController: (flags & HAS_PMC) !== 0,
      bootRomAuthentication: bootRom ? 'supported' : 'not announced',
    },
    notVerified: [
      'CRC-32 over what stands in front of it',
      ...(bootRom
        ? ['signature of the first boot loader, which the boot ROM demands where its fuse is blown']
        : []),
    ],
    repeat:
      'tail -c 20 FILE | xxd -e; the fields stand in bcm4908img.c of OpenWrt, whose bcm4908img info tells them',
  }
}
