import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeNordic } from './conclude.ts'
import { lookAtNordic } from './look.ts'
import { NORDIC } from './scheme.ts'

/** What boot loaders of the nRF5 SDK and its descendants call themselves on the air, on USB and in their log. */
const LOADERS = ['DfuTarg', 'AdaDFU', 'Open DFU Bootloader', 'nrf_dfu_']

export const nordicCheck: Check = {
  id: 'secure-boot.nordic',
  version: 1,
  title: { en: 'Signatures of DFU packages (Nordic nRF)', de: 'Signaturen von DFU-Paketen (Nordic nRF)' },
  provisions: NORDIC.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a DFU package is signed, whether the signature verifies with a key of a boot loader in the release or one that you trust, whether the firmware is the one that is signed, and whether the key is one that everybody has.',
    de: 'Ob ein DFU-Paket signiert ist, ob die Signatur mit einem Schlüssel eines Bootloaders dieser Firmware oder einem vertrauten stimmt, ob die Firmware die signierte ist und ob den Schlüssel jeder hat.',
  },
  cannotShow: {
    en: 'Which key the boot loader on the device has, that it demands a signature, and that it refuses older versions.',
    de: 'Welchen Schlüssel der Bootloader auf dem Gerät hat, dass er eine Signatur verlangt und dass er ältere Stände abweist.',
  },
  states: [
    'boot.nordic.debug',
    'boot.nordic.hash-mismatch',
    'boot.nordic.known-key',
    'boot.nordic.private-key',
    'boot.nordic.rollback',
    'boot.nordic.signature',
    'boot.nordic.start',
    'boot.nordic.unsigned',
  ],
  wants: { paths: [/\.dat$/, /\.bin$/, /(?:^|\/)manifest\.json$/], literals: true },
  literals: LOADERS,
  needs: ['key.private', 'key.public'],
  gives: [
    'boot.nordic.packet',
    'boot.nordic.firmware',
    'boot.nordic.manifest',
    'boot.nordic.loader',
    'chain.link',
  ],
  look: lookAtNordic,
  conclude: concludeNordic,
}
