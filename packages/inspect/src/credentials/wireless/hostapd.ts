import type { Artefact, MapOut } from '../../contract.ts'
import { readSettings } from '../clear/settings/index.ts'
import type { Setting } from '../clear/settings/setting.ts'
import { giveOpen, givePassphrase, givePin, giveServerSecret } from './give.ts'

const READERS = ['hostapd']

/** hostapd.conf: one network, and more behind each `bss`. */
export function lookAtHostapd(artefact: Artefact, text: string, out: MapOut): void {
  if (/psk$/.test(artefact.name)) {
    lookAtPskFile(artefact, text, out)
    return
  }
  const more = { readers: READERS, store: 'file' } as const
  const networks: Setting[][] = [[]]
  for (const setting of readSettings(artefact.inner, text)) {
    if (setting.separator !== '=') continue
    if (setting.key === 'bss') networks.push([])
    networks.at(-1)?.push(setting)
  }
  const whole = networks[0]?.some(({ key }) => key === 'interface') ?? false
  for (const network of networks) {
    const settingOf = (key: string): string | undefined =>
      network.find((setting) => setting.key === key)?.value
    const ssid = network.find(({ key }) => key === 'ssid' || key === 'ssid2')
    for (const setting of network) {
      if (/^(?:wpa_passphrase|wpa_psk|sae_password|wep_key\d)$/.test(setting.key)) {
        const [value = ''] = setting.key === 'sae_password' ? setting.value.split('|') : [setting.value]
        givePassphrase(artefact, out, { ...setting, value }, 'access-point', { ...more, ...named(ssid) })
      } else if (setting.key === 'ap_pin') givePin(artefact, out, setting, more)
      else if (/^(?:auth|acct)_server_shared_secret$/.test(setting.key))
        giveServerSecret(artefact, out, setting, more)
    }
    const protects = network.some(({ key }) => /^(?:wep_key\d|sae_password|osen|wpa_psk_file)$/.test(key))
    const wpa = settingOf('wpa') ?? '0'
    if (ssid && whole && wpa === '0' && !protects && settingOf('ieee8021x') !== '1')
      giveOpen(artefact, out, ssid, more)
  }
}

/** A file of `MAC passphrase` lines; the address 00:00:00:00:00:00 stands for everybody. */
function lookAtPskFile(artefact: Artefact, text: string, out: MapOut): void {
  for (const match of text.matchAll(
    /^(?:\w+=\S+[ \t]+)*((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})[ \t]+(\S{8,64})[ \t]*$/gm,
  )) {
    const value = match[2] as string
    const offset = match.index + match[0].lastIndexOf(value)
    const setting: Setting = {
      section: '',
      group: 0,
      key: match[1] as string,
      value,
      quoted: false,
      separator: ' ',
      offset,
    }
    givePassphrase(artefact, out, setting, 'access-point', { readers: READERS, store: 'file' })
  }
}

function named(ssid: Setting | undefined): { readonly more?: Readonly<Record<string, string>> } {
  return ssid ? { more: { ssid: ssid.value } } : {}
}
