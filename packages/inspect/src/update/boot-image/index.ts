import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeBootImages } from './conclude.ts'
import { DESCRIBED } from './describe.ts'

export const bootImageCheck: Check = {
  id: 'update.boot-image',
  version: 1,
  title: {
    en: 'Images for boot loaders as update files (MCUboot, ESP, Nordic, Silicon Labs, UEFI)',
    de: 'Abbilder für Bootloader als Update-Dateien (MCUboot, ESP, Nordic, Silicon Labs, UEFI)',
  },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'What the checks of secure boot found out about an image that is handed out as an update: signature, key, coverage, hardware, version.',
    de: 'Was die Secure-Boot-Prüfungen über ein Abbild herausfanden, das als Update ausgeliefert wird: Signatur, Schlüssel, Abdeckung, Hardware, Version.',
  },
  cannotShow: {
    en: 'That a unit demands the signature; and which files of a release are handed out as updates is told from their form.',
    de: 'Dass ein Gerät die Signatur verlangt; welche Dateien als Updates ausgeliefert werden, ist nur an ihrer Form zu sehen.',
  },
  states: kindsOf('boot-image').filter((kind) => !kind.endsWith('.revoked')),
  wants: {},
  needs: ['chain.link', ...DESCRIBED],
  conclude: concludeBootImages,
}
