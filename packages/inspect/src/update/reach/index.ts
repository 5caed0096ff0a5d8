import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import '../../secure-boot/u-boot/facts.ts'
import '../clients/facts.ts'
import '../mechanism/facts.ts'
import '../rauc/facts.ts'
import '../scripts/facts.ts'
import '../swu/facts.ts'
import { concludeReach } from './conclude.ts'
import './facts.ts'
import { FIRMWARE_FOLDER, FORMATS, lookForComponents } from './look.ts'

export const reachCheck: Check = {
  id: 'update.reach',
  version: 1,
  title: {
    en: 'Which parts of the release updates can replace',
    de: 'Welche Teile des Release Updates ersetzen können',
  },
  provisions: provisions(['5.3-1']),
  cases: cases('5.3-1-1'),
  input: ['image'],
  canShow: {
    en: 'Which of boot loader, kernel, root file system, application, and firmware of other chips slots, clients, scripts and updates of the release replace, and for which of those in the release nothing of the kind was seen.',
    de: 'Welche von Bootloader, Kernel, Wurzeldateisystem, Anwendung und Firmware anderer Chips die Slots, Programme, Skripte und Updates des Release ersetzen, und für welche davon im Release nichts dergleichen zu sehen war.',
  },
  cannotShow: {
    en: 'That the maker publishes updates for them, and that nothing else replaces the rest.',
    de: 'Dass der Hersteller Updates dafür veröffentlicht, und dass den Rest nichts anderes ersetzt.',
  },
  states: [],
  wants: { formats: FORMATS, paths: [FIRMWARE_FOLDER] },
  needs: [
    'boot.file',
    'boot.link',
    'boot.path',
    'boot.u-boot',
    'scope.flash-layout',
    'update.client',
    'update.rauc',
    'update.rauc.manifest',
    'update.script',
    'update.swu',
  ],
  gives: ['update.component', 'update.part'],
  look: lookForComponents,
  conclude: concludeReach,
}
