import type { Text } from '@messlatte/model'

/** What is public about a unit: on its label, in its radio signals, in the answers of its services. */
export interface PublicValue {
  readonly kind: 'mac' | 'serial' | 'ssid' | 'other'
  /** Column or setting that it came from. */
  readonly name: string
  /** A MAC address as twelve upper-case hexadecimal digits; all else as it stands there. */
  readonly value: string
}

/** Twelve upper-case hexadecimal digits; undefined for what is no MAC address. */
export function macOf(text: string): string | undefined {
  const digits = text.trim().replaceAll(/[:.\-\s]/g, '')
  if (!/^[0-9A-Fa-f]{12}$/.test(digits) || /^(?:0{12}|[Ff]{12})$/.test(digits)) return undefined
  return digits.toUpperCase()
}

export function fieldText({ kind, name }: Pick<PublicValue, 'kind' | 'name'>): Text {
  const shown = `“${name}”`
  switch (kind) {
    case 'mac':
      return { en: `the MAC address (${shown})`, de: `der MAC-Adresse (${shown})` }
    case 'serial':
      return { en: `the serial number (${shown})`, de: `der Seriennummer (${shown})` }
    case 'ssid':
      return { en: `the SSID (${shown})`, de: `der SSID (${shown})` }
    case 'other':
      return { en: shown, de: shown }
  }
}
