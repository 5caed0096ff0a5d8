import type { Artefact, MapOut } from '../../contract.ts'
import { readUci } from '../clear/settings/uci.ts'
import { giveOpen, givePassphrase, givePin, giveServerSecret } from './give.ts'

/** OpenWrt's /etc/config/wireless. */
export function lookAtUciWireless(artefact: Artefact, text: string, out: MapOut): void {
  const settings = readUci(text)
  const off = new Set(
    settings
      .filter(
        ({ section, key, value }) => section.startsWith('wifi-device') && key === 'disabled' && value === '1',
      )
      .map(({ section }) => section.slice('wifi-device.'.length)),
  )
  for (const section of Map.groupBy(settings, ({ group }) => group).values()) {
    if (!/^wifi-(?:iface|station|vlan)/.test(section[0]?.section ?? '')) continue
    const option = (key: string): string | undefined => section.find((one) => one.key === key)?.value
    const disabled = option('disabled') === '1' || off.has(option('device') ?? '')
    const role = option('mode') === 'sta' ? 'client' : 'access-point'
    const ssid = section.find(({ key }) => key === 'ssid')
    const more = {
      readers: ['hostapd', 'wpa_supplicant'],
      store: 'uci',
      ...(ssid ? { more: { ssid: ssid.value } } : {}),
      ...(disabled ? ({ grade: 'low', weakness: 'switched-off' } as const) : {}),
    } as const
    const encryption = option('encryption') ?? 'none'
    for (const setting of section) {
      // With WEP, `key` is the number of the key that counts.
      const index = setting.key === 'key' && /^[1-4]$/.test(setting.value)
      const used = encryption !== 'none' && encryption !== 'open' && encryption !== 'owe'
      if (used && !index && /^(?:key\d?|sae_password)$/.test(setting.key)) {
        const enterprise = /^wpa\d?(?:-mixed|\+|$)|eap/.test(encryption)
        if (enterprise && role === 'access-point') giveServerSecret(artefact, out, setting, more)
        else givePassphrase(artefact, out, setting, role, more)
      } else if (setting.key === 'password' && role === 'client')
        givePassphrase(artefact, out, setting, role, more)
      else if (/^(?:auth|acct|dae)_secret$/.test(setting.key)) giveServerSecret(artefact, out, setting, more)
      else if (setting.key === 'wps_pin') givePin(artefact, out, setting, more)
    }
    const isInterface = section[0]?.section.startsWith('wifi-iface') ?? false
    if (
      ssid &&
      isInterface &&
      !disabled &&
      option('mode') === 'ap' &&
      (encryption === 'none' || encryption === 'open')
    )
      giveOpen(artefact, out, ssid, more)
  }
}
