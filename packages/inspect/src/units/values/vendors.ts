import { createHash } from 'node:crypto'
import type { Text } from '@messlatte/model'

/** A published way in which makers made preset passwords out of what is public. */
export interface VendorRule {
  readonly id: string
  readonly text: Text
  /** Where it was published. */
  readonly source: string
  readonly of: 'mac' | 'serial' | 'mac-ssid'
  /** Undefined where the public value is none of its kind. @param a MAC as 12 upper-case digits, or a serial @param b SSID */
  make(a: string, b: string): string | undefined
}

function pinRule(
  id: string,
  en: string,
  de: string,
  source: string,
  seven: (mac: string) => number,
): VendorRule {
  return {
    id,
    text: { en: `${en}, with the checksum of a WPS PIN`, de: `${de}, mit der Prüfziffer einer WPS-PIN` },
    source,
    of: 'mac',
    make: (mac) => withChecksum(seven(mac)),
  }
}

/** Wi-Fi Simple Configuration, section on the PIN's checksum. @param seven number of up to seven digits */
export function withChecksum(seven: number): string {
  const digits = String(seven % 10_000_000).padStart(7, '0')
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return digits + String((10 - (sum % 10)) % 10)
}

const last = (mac: string, digits: number): number => Number.parseInt(mac.slice(-digits), 16)
const nibbles = (mac: string): readonly number[] => [...mac].map((digit) => Number.parseInt(digit, 16))
const bytesIn = (mac: string): readonly number[] => [...Buffer.from(mac, 'hex')]

/** The one published for D-Link: the last three bytes, mixed. */
function dlink(nic: number): number {
  let pin = nic ^ 0x55aa55
  const low = pin & 0xf
  pin ^= (low << 4) + (low << 8) + (low << 12) + (low << 16) + (low << 20)
  pin %= 10_000_000
  return pin < 1_000_000 ? pin + (pin % 9) * 1_000_000 + 1_000_000 : pin
}

function asus(mac: string): number {
  const b = bytesIn(mac) as [number, number, number, number, number, number]
  const tail = b[1] + b[2] + b[3] + b[4] + b[5]
  return Number(
    Array.from({ length: 7 }, (_, at) => ((b[at % 6] as number) + b[5]) % (10 - ((at + tail) % 7))).join(''),
  )
}

function airocon(mac: string): number {
  const b = bytesIn(mac) as [number, number, number, number, number, number]
  const sums = [b[0] + b[1], b[1] + b[2], b[2] + b[3], b[3] + b[4], b[4] + b[5], b[5] + b[0], b[0] + b[1]]
  return Number(sums.map((one) => one % 10).join(''))
}

/** The digits that Arcadyan's two rules mix: the last four of the address, and of the last two bytes as a decimal number. */
function arcadyan(mac: string) {
  const m = nibbles(mac).slice(-4) as [number, number, number, number]
  const [, ...rest] = [...String(last(mac, 4)).padStart(5, '0')].map(Number)
  const s = rest as [number, number, number, number]
  return { m, s, k1: (s[0] + s[1] + m[2] + m[3]) & 0xf, k2: (m[0] + m[1] + s[2] + s[3]) & 0xf }
}

function easyBoxKey(mac: string): string {
  const { m, s, k1, k2 } = arcadyan(mac)
  const x = [k1 ^ s[3], k1 ^ s[2], k1 ^ s[1]]
  const y = [k2 ^ m[1], k2 ^ m[2], k2 ^ m[3]]
  const z = [m[2] ^ s[3], m[3] ^ s[2], k1 ^ k2]
  return [0, 1, 2]
    .flatMap((at) => [x[at], y[at], z[at]])
    .map((digit) => (digit as number).toString(16).toUpperCase())
    .join('')
}

function easyBoxPin(mac: string): number {
  const { m, s, k1, k2 } = arcadyan(mac)
  const digits = [k1 ^ s[3], k1 ^ s[2], k2 ^ m[1], k2 ^ m[2], m[2] ^ s[3], m[3] ^ s[2], k1 ^ s[1]]
  return Number.parseInt(digits.map((digit) => digit.toString(16)).join(''), 16) % 10_000_000
}

/** Serial numbers as `CP0615JT109(53)`: year, week, code of the line, three characters that count. */
function speedTouch(serial: string): string | undefined {
  const match = /^CP\s?(\d{4})\s?\w{2}\s?([0-9A-Z]{3})(?:\s?\(?\w{2}\)?)?$/.exec(serial.trim().toUpperCase())
  if (!match) return undefined
  const hashed = `CP${match[1]}${Buffer.from(match[2] as string, 'latin1')
    .toString('hex')
    .toUpperCase()}`
  return createHash('sha1').update(hashed).digest('hex').slice(0, 10).toUpperCase()
}

function comtrend(mac: string, ssid: string): string | undefined {
  const tail = /[0-9A-F]{4}$/.exec(ssid.trim().toUpperCase())?.[0]
  if (tail === undefined) return undefined
  return createHash('md5')
    .update(`bcgbghgg${mac.slice(0, 8)}${tail}${mac}`)
    .digest('hex')
    .slice(0, 20)
}

const WPSPIN = 'src/macpins.c of reaver-wps-fork-t6x (github.com/t6x/reaver-wps-fork-t6x)'

export const VENDOR_RULES: readonly VendorRule[] = [
  {
    id: 'thomson-speedtouch',
    text: {
      en: 'the key of Thomson SpeedTouch: the first five bytes of a SHA-1 over parts of the serial number',
      de: 'der Schlüssel von Thomson SpeedTouch: die ersten fünf Bytes eines SHA-1 über Teile der Seriennummer',
    },
    source: 'Kevin Devine, stkeys, 2008 (example: CP0615JT109 gives SSID SpeedTouchF8A3D0)',
    of: 'serial',
    make: speedTouch,
  },
  {
    id: 'arcadyan-easybox-key',
    text: {
      en: 'the Wi-Fi key of Arcadyan EasyBox, mixed from the last two bytes of the MAC address',
      de: 'der WLAN-Schlüssel der Arcadyan EasyBox, gemischt aus den letzten zwei Bytes der MAC-Adresse',
    },
    source: 'published 2011 for EasyBox (wotan.cc; EZ-Wlan, ArcadyanWlanKeyHandler.java)',
    of: 'mac',
    make: easyBoxKey,
  },
  {
    id: 'comtrend-md5',
    text: {
      en: 'the Wi-Fi key of Comtrend: an MD5 over a fixed word, the MAC address and the end of the SSID',
      de: 'der WLAN-Schlüssel von Comtrend: ein MD5 über ein festes Wort, die MAC-Adresse und das Ende der SSID',
    },
    source: 'published 2011 for WLAN_XXXX and JAZZTEL_XXXX',
    of: 'mac-ssid',
    make: comtrend,
  },
  ...([6, 7, 8, 9, 10, 12] as const).map((digits) =>
    pinRule(
      `compute-pin-${digits * 4}`,
      `ComputePIN: the last ${digits * 4} bits of the MAC address as a number`,
      `ComputePIN: die letzten ${digits * 4} Bit der MAC-Adresse als Zahl`,
      WPSPIN,
      (mac) => last(mac, digits) % 10_000_000,
    ),
  ),
  ...([0, 1] as const).map((add) =>
    pinRule(
      `d-link-pin${add === 0 ? '' : '-plus-1'}`,
      `D-Link's mixing of the last three bytes of the MAC address${add === 0 ? '' : ' plus one'}`,
      `D-Links Mischung der letzten drei Bytes der MAC-Adresse${add === 0 ? '' : ' plus eins'}`,
      WPSPIN,
      (mac) => dlink(last(mac, 6) + add),
    ),
  ),
  pinRule(
    'asus-pin',
    'sums of bytes of the MAC address as ASUS made them',
    'Summen von Bytes der MAC-Adresse, wie ASUS sie bildete',
    WPSPIN,
    asus,
  ),
  pinRule(
    'airocon-pin',
    'sums of neighbouring bytes of the MAC address as Airocon made them',
    'Summen benachbarter Bytes der MAC-Adresse, wie Airocon sie bildete',
    WPSPIN,
    airocon,
  ),
  pinRule(
    'arcadyan-easybox-pin',
    'the PIN of Arcadyan EasyBox, mixed from the last two bytes of the MAC address',
    'die PIN der Arcadyan EasyBox, gemischt aus den letzten zwei Bytes der MAC-Adresse',
    'wifi-arsenal, wps-scripts/Default-wps-pin/default-wps-pin.py',
    easyBoxPin,
  ),
  pinRule(
    'inverted-nic-pin',
    'the last three bytes of the MAC address, inverted',
    'die letzten drei Bytes der MAC-Adresse, invertiert',
    WPSPIN,
    (mac) => (~last(mac, 6) & 0xffffff) % 10_000_000,
  ),
]
