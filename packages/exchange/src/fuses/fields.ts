import type { FuseKey, FuseReadout } from '@messlatte/model'

/** What a document says, before it is known who took it. */
export type FuseContent = Omit<FuseReadout, 'name' | 'sha256' | 'size' | 'by' | 'on'>

export const NOTHING: Omit<FuseContent, 'format'> = {
  unit: null,
  secureBoot: null,
  keys: [],
  flashEncryption: null,
  debugLocked: null,
  downloadLocked: null,
  secureVersion: null,
  events: null,
}

/** Fuses of the ESP32 family by name, as `espefuse summary` prints their values. */
export type Fields = ReadonlyMap<string, string>

const SLOTS = [0, 1, 2, 3, 4, 5] as const
const DIGESTS = [0, 1, 2] as const

/** ESP-IDF, the eFuse tables of the chips (esp_efuse_table.csv); names of the ESP32 differ. */
export function espContent(fields: Fields, format: FuseContent['format']): FuseContent {
  const isOn = (...names: readonly string[]): boolean | null => {
    const known = names.flatMap((name) => flag(fields.get(name)) ?? [])
    return known.length === 0 ? null : known.some((one) => one)
  }
  const all = (...names: readonly string[]): boolean | null => {
    const known = names.flatMap((name) => flag(fields.get(name)) ?? [])
    return known.length === 0 ? null : known.every((one) => one)
  }
  const count = fields.get('SPI_BOOT_CRYPT_CNT') ?? fields.get('FLASH_CRYPT_CNT')
  return {
    ...NOTHING,
    format,
    unit: macIn(fields.get('MAC')),
    secureBoot: isOn('SECURE_BOOT_EN', 'ABS_DONE_0', 'ABS_DONE_1'),
    keys: keysIn(fields),
    // An odd number of ones switches encryption on.
    flashEncryption: count === undefined ? null : ones(count) % 2 === 1,
    debugLocked: all('JTAG_DISABLE', 'DIS_PAD_JTAG', 'HARD_DIS_JTAG', 'DIS_USB_JTAG'),
    downloadLocked: isOn('DIS_DOWNLOAD_MODE', 'UART_DOWNLOAD_DIS', 'ENABLE_SECURITY_DOWNLOAD'),
    secureVersion: numberIn(fields.get('SECURE_VERSION')),
  }
}

/** Keys of the ESP32 have no purpose in a fuse of their own: secure boot takes the second block. */
function keysIn(fields: Fields): readonly FuseKey[] {
  const named = SLOTS.flatMap((slot): readonly FuseKey[] => {
    const digit = /SECURE_BOOT_DIGEST(\d)/.exec(fields.get(`KEY_PURPOSE_${slot}`) ?? '')?.[1]
    const digest = hexIn(fields.get(`BLOCK_KEY${slot}`))
    if (digit === undefined || digest === undefined) return []
    const revoked = flag(fields.get(`SECURE_BOOT_KEY_REVOKE${DIGESTS[Number(digit) as 0] ?? digit}`)) ?? false
    return [{ slot: `BLOCK_KEY${slot}`, digest, revoked }]
  })
  const second = hexIn(fields.get('BLOCK2'))
  return second === undefined || /^0+$/.test(second)
    ? named
    : [...named, { slot: 'BLOCK2', digest: second, revoked: false }]
}

function flag(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (/^(?:true|1|0b1|enable)$/i.test(value)) return true
  return /^(?:false|0|0b0|disable)$/i.test(value) ? false : undefined
}

function ones(value: string): number {
  if (/^enable$/i.test(value)) return 1
  const number = numberIn(value) ?? 0
  return number.toString(2).replaceAll('0', '').length
}

function numberIn(value: string | undefined): number | null {
  const [, digits] = /^(0x[0-9a-f]{1,8}|0b[01]{1,32}|\d{1,9})\b/i.exec(value ?? '') ?? []
  return digits === undefined ? null : Number(digits)
}

function macIn(value: string | undefined): string | null {
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/i.exec(value ?? '')?.[0]?.toLowerCase() ?? null
}

/** 32 bytes, with or without spaces between them; undefined for what cannot be read out (`??`). */
function hexIn(value: string | undefined): string | undefined {
  const digits = value?.replaceAll(/\s/g, '').toLowerCase() ?? ''
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined
}
