import type { Artefact, MapOut } from '../../contract.ts'
import { readLines } from '../clear/settings/lines.ts'
import { giveOpen, givePassphrase, givePin, giveServerSecret } from './give.ts'

/** Profiles of Ralink's and MediaTek's drivers (`RT2860.dat`): `WPAPSK1=`, and lists with `;` for several networks. */
export function lookAtRalink(artefact: Artefact, text: string, out: MapOut): void {
  const more = { readers: [], store: 'file' } as const
  const settings = readLines(text, false).filter(({ separator }) => separator === '=')
  if (!settings.some(({ key }) => /^(?:AuthMode|EncrypType|WirelessMode)$/.test(key))) return
  const list = (key: string): readonly string[] =>
    (settings.find((one) => one.key === key)?.value ?? '').split(';')
  const [modes, ciphers] = [list('AuthMode'), list('EncrypType')]
  for (const setting of settings) {
    const number = /^WPAPSK(\d?)$/.exec(setting.key)?.[1]
    if (number !== undefined && /PSK/.test(modes[Math.max(0, Number(number) - 1)] ?? modes[0] ?? ''))
      givePassphrase(artefact, out, setting, 'access-point', more)
    else if (/^ApCli(?:WPAPSK|Key\dStr)\d?$/.test(setting.key))
      givePassphrase(artefact, out, setting, 'client', more)
    else if (/^RADIUS_Key\d?$/.test(setting.key)) giveServerSecret(artefact, out, setting, more)
    else if (/^(?:ApPinCode|WscVendorPinCode|WscPinCode)$/.test(setting.key))
      givePin(artefact, out, setting, more)
    const own = /^SSID(\d)$/.exec(setting.key)?.[1]
    const at = Number(own) - 1
    if (own !== undefined && setting.value !== '' && modes[at] === 'OPEN' && ciphers[at] === 'NONE')
      giveOpen(artefact, out, setting, more)
  }
}
