import type { Artefact, MapOut } from '../../contract.ts'
import type { ClearFact } from '../clear/facts.ts'
import { giveSetting } from '../clear/found.ts'
import type { Setting } from '../clear/settings/index.ts'
import { isClear } from '../clear/value.ts'

type More = Partial<Pick<ClearFact, 'grade' | 'more' | 'readers' | 'store' | 'user' | 'weakness'>>

const CHECK = 'credentials.wireless'

/** A passphrase of 8 to 63 characters (or 64 hex digits, the key itself) of a network that the device makes or joins. */
export function givePassphrase(
  artefact: Artefact,
  out: MapOut,
  setting: Setting,
  role: 'access-point' | 'client',
  more: More,
): void {
  const { value } = setting
  const key = /^[0-9A-Fa-f]{64}$/.test(value)
  // A row of zeros or ones is a placeholder elsewhere; as a passphrase it lets people in.
  const digits = /^(?:0{8,}|1{8,})$/.test(value)
  if (!key && !digits && !isClear(value)) return
  if (value.length < 5 || value.length > 64) return
  giveSetting(out, artefact, CHECK, setting, {
    kind: 'credential.wireless.passphrase',
    subject: role === 'access-point' ? 'wifi-access-point' : 'wifi-client',
    form: key ? 'key' : 'password',
    ...(digits ? { state: 'default' } : {}),
    ...more,
  })
}

/** What manuals print and chips come with; anybody tries them first. */
const USUAL_PINS = new Set(['12345670', '00000000', '12345678', '11111111', '88888888'])

/** A PIN of Wi-Fi Protected Setup: eight digits of which the last one checks the others, or four. */
export function givePin(artefact: Artefact, out: MapOut, setting: Setting, more: More): void {
  if (!isWpsPin(setting.value)) return
  giveSetting(out, artefact, CHECK, setting, {
    kind: 'credential.wireless.pin',
    subject: 'wps-pin',
    state: USUAL_PINS.has(setting.value) ? 'default' : 'set',
    ...more,
  })
}

/** Wi-Fi Simple Configuration, section on the PIN’s checksum. */
export function isWpsPin(value: string): boolean {
  if (/^\d{4}$/.test(value)) return value !== '0000'
  if (!/^\d{8}$/.test(value)) return false
  if (USUAL_PINS.has(value)) return true
  const sum = [...value].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return sum % 10 === 0
}

export function giveServerSecret(artefact: Artefact, out: MapOut, setting: Setting, more: More): void {
  if (!isClear(setting.value)) return
  giveSetting(out, artefact, CHECK, setting, {
    kind: 'credential.wireless.server',
    subject: 'radius',
    ...more,
  })
}

/** A network of the device’s own that lets anybody join. */
export function giveOpen(artefact: Artefact, out: MapOut, name: Setting, more: More): void {
  giveSetting(out, artefact, CHECK, name, {
    kind: 'credential.wireless.open',
    subject: 'wifi-open',
    state: 'none',
    ...more,
  })
}
