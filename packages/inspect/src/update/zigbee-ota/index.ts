import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { concludeZigbeeOta } from './conclude.ts'
import { lookAtZigbeeOta } from './look.ts'

export const zigbeeOtaCheck: Check = {
  id: 'update.zigbee-ota',
  version: 1,
  title: { en: 'Zigbee OTA files', de: 'Zigbee-OTA-Dateien' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'For which devices a file is, whether it carries a signature or an integrity code, and whether the code is that of the file; the image inside is judged by its own format.',
    de: 'Für welche Geräte eine Datei ist, ob sie eine Signatur oder einen Integritätscode trägt und ob der Code der der Datei ist; das Abbild darin wird nach seinem eigenen Format beurteilt.',
  },
  cannotShow: {
    en: 'Whether a signature holds (its certificates are implicit), and that a device demands one.',
    de: 'Ob eine Signatur stimmt (ihre Zertifikate sind implizit) und dass ein Gerät eine verlangt.',
  },
  states: ['update.zigbee-ota.description', 'update.zigbee-ota.signature', 'update.zigbee-ota.unsigned'],
  wants: { formats: ['zigbee-ota'] },
  needs: ['chain.link', 'update.vendor-image'],
  gives: ['update.zigbee-ota'],
  look: lookAtZigbeeOta,
  conclude: concludeZigbeeOta,
}
