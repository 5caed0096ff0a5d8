import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { configurationText } from '../clear/found.ts'
import { isNotInUse } from '../clear/paths.ts'
import { MOST_CONFIGURATION } from '../clear/settings/index.ts'
import { lookAtHostapd } from './hostapd.ts'
import { lookAtRalink } from './ralink.ts'
import { lookAtSupplicant } from './supplicant.ts'
import { lookAtUciWireless } from './uci-wireless.ts'

const ID = 'credentials.wireless'

/** What reads which file, as daemons and makers name them. */
const READERS: readonly (readonly [RegExp, (artefact: Artefact, text: string, out: MapOut) => void])[] = [
  [/(?:^|\/)etc\/config\/wireless$|(?:^|\/)wireless\.uci$/, lookAtUciWireless],
  [
    /(?:^|\/)(?:hostapd|hapd)[^/]*\.(?:conf|cfg|accept|psk|wpa_psk)$|(?:^|\/)softap[^/]*\.conf$/,
    lookAtHostapd,
  ],
  [/(?:^|\/)(?:wpa_supplicant|wpa-supplicant|wpa|p2p_supplicant|wpas)[^/]*\.conf$/, lookAtSupplicant],
  [
    /(?:^|\/)(?:RT\d{4}\w*|iNIC\w*|MT7\d{3}\w*|mt7\d{3}\w*|rt\d{4}\w*|RTL?\d{4}\w*|wifi\d?|ra\d?)(?:[._]\w+)*\.dat$/,
    lookAtRalink,
  ],
]

export const wirelessCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Credentials of wireless networks', de: 'Zugangsdaten drahtloser Netze' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2'),
  input: ['image'],
  canShow: {
    en: 'That the passphrase of a Wi-Fi, a PIN of Wi-Fi Protected Setup or a secret of its authentication server stands in a configuration, or that the device’s own Wi-Fi is open.',
    de: 'Dass die Passphrase eines WLANs, eine PIN von Wi-Fi Protected Setup oder ein Geheimnis des Anmeldeservers in einer Konfiguration steht oder dass das eigene WLAN des Geräts offen ist.',
  },
  cannotShow: {
    en: 'What a unit’s Wi-Fi uses after it was made and set up.',
    de: 'Was das WLAN eines Geräts nach Fertigung und Einrichtung verwendet.',
  },
  states: [
    'credential.wireless.open',
    'credential.wireless.passphrase',
    'credential.wireless.pin',
    'credential.wireless.server',
  ],
  wants: { paths: READERS.map(([pattern]) => pattern) },
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look(artefact, out) {
    const text = configurationText(artefact, MOST_CONFIGURATION)
    if (text === undefined || isNotInUse(artefact)) return
    READERS.find(([pattern]) => pattern.test(artefact.inner))?.[1](artefact, text, out)
  },
  conclude: (facts, out) => concludeClear(ID, facts, out),
}
