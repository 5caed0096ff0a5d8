import type { Artefact, MapOut } from '../../contract.ts'
import { giveSetting } from '../clear/found.ts'
import { readSettings } from '../clear/settings/index.ts'
import { isClear } from '../clear/value.ts'
import { givePassphrase } from './give.ts'

/** A block of a network has some twenty settings. */
const MOST_BESIDE = 200

/** wpa_supplicant.conf: networks that the device joins, each in a block. */
export function lookAtSupplicant(artefact: Artefact, text: string, out: MapOut): void {
  const more = { readers: ['wpa_supplicant'], store: 'file' } as const
  const settings = readSettings(artefact.inner, text)
  const groups = Map.groupBy(settings, ({ group }) => group)
  for (const setting of settings) {
    if (!/^(?:network|cred|blob)/.test(setting.section)) continue
    if (!/^(?:psk|sae_password|wep_key\d|password|private_key_passwd\d?)$/.test(setting.key)) continue
    const same = (groups.get(setting.group) ?? []).slice(0, MOST_BESIDE)
    const ssid = same.find(({ key }) => key === 'ssid')?.value
    const role = same.some(({ key, value }) => key === 'mode' && value === '2') ? 'access-point' : 'client'
    const named = { ...more, ...(ssid === undefined ? {} : { more: { ssid } }) }
    if (/^(?:psk|sae_password|wep_key\d)$/.test(setting.key)) {
      givePassphrase(artefact, out, setting, role, named)
    } else if (/^(?:password|private_key_passwd\d?)$/.test(setting.key) && isClear(setting.value)) {
      const user = same.find(({ key }) => key === 'identity' || key === 'username')?.value
      giveSetting(out, artefact, 'credentials.wireless', setting, {
        kind: 'credential.wireless.passphrase',
        subject: setting.key === 'password' ? 'wifi-client' : 'key-passphrase',
        ...named,
        ...(user === undefined ? {} : { user }),
      })
    }
  }
}
