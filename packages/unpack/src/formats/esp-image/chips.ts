/** Chips by the number in the extended header (esptool, IMAGE_CHIP_ID of each target). */
export const CHIPS: ReadonlyMap<number, string> = new Map([
  [0, 'ESP32'],
  [2, 'ESP32-S2'],
  [5, 'ESP32-C3'],
  [9, 'ESP32-S3'],
  [12, 'ESP32-C2'],
  [13, 'ESP32-C6'],
  [16, 'ESP32-H2'],
  [18, 'ESP32-P4'],
  [20, 'ESP32-C61'],
  [23, 'ESP32-C5'],
  [25, 'ESP32-H21'],
  [28, 'ESP32-H4'],
  [31, 'ESP32-E22'],
  [32, 'ESP32-S31'],
])

/** Where in its flash the ROM of a chip looks for the boot loader; at 0 unless said here (esptool, BOOTLOADER_FLASH_OFFSET). */
const LOADER_AT: ReadonlyMap<string, number> = new Map([
  ['ESP32', 0x1000],
  ['ESP32-S2', 0x1000],
  ['ESP32-P4', 0x2000],
  ['ESP32-C5', 0x2000],
  ['ESP32-H4', 0x2000],
  ['ESP32-S31', 0x2000],
])

/** Bytes from the start of the flash; `chip` is undefined for the ESP8266. */
export function loaderOffset(chip: string | undefined): number {
  return LOADER_AT.get(chip ?? '') ?? 0
}

/** Where the ESP32 family has memory; 0 stands for padding that is not loaded. */
const ESP32_MEMORY: readonly (readonly [number, number])[] = [
  [0, 0x1_0000],
  [0x2e00_0000, 0x2e00_8000],
  [0x2f00_0000, 0x3120_0000],
  [0x3c00_0000, 0x5500_0000],
  [0x600f_0000, 0x6010_0000],
  [0xc000_0000, 0xc000_8000],
]
const ESP8266_FLASH = [0x4020_0000, 0x4030_0000] as const
const ESP8266_MEMORY: readonly (readonly [number, number])[] = [
  [0x3ffe_8000, 0x4000_0000],
  [0x4010_0000, 0x4011_0000],
  ESP8266_FLASH,
]

export function isEsp32Address(address: number): boolean {
  return ESP32_MEMORY.some(([from, to]) => address >= from && address < to)
}

export function isEsp8266Address(address: number): boolean {
  return ESP8266_MEMORY.some(([from, to]) => address >= from && address < to)
}

export function isEsp8266Flash(address: number): boolean {
  return address >= ESP8266_FLASH[0] && address < ESP8266_FLASH[1]
}
