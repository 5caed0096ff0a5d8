import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeRaspberryPi } from './conclude.ts'
import { lookAtRaspberryPi } from './look.ts'
import { BOOT } from './scheme.ts'

export const raspberryPiCheck: Check = {
  id: 'secure-boot.raspberry-pi',
  version: 1,
  title: { en: 'Signed boot of the Raspberry Pi', de: 'Signiertes Starten des Raspberry Pi' },
  provisions: BOOT.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether boot image and EEPROM configuration are signed, whether the signatures verify with the key in an EEPROM image of the release or one that you trust, and what is not prepared.',
    de: 'Ob Boot-Image und EEPROM-Konfiguration signiert sind, ob die Signaturen mit dem Schlüssel in einem EEPROM-Image dieser Firmware oder einem vertrauten stimmen und was nicht vorbereitet ist.',
  },
  cannotShow: {
    en: 'That signed boot is burnt into the OTP of the device, with the digest of this key.',
    de: 'Dass signiertes Starten ins OTP des Geräts gebrannt ist, mit dem Digest dieses Schlüssels.',
  },
  states: [
    'boot.rpi.hash-mismatch',
    'boot.rpi.known-key',
    'boot.rpi.private-key',
    'boot.rpi.rollback',
    'boot.rpi.signature',
    'boot.rpi.unsigned',
  ],
  wants: {
    paths: [
      /(?:^|\/)(?:boot|bootconf|pieeprom|recovery)\.sig$/,
      /(?:^|\/)(?:boot\.img|bootconf\.txt|pieeprom\.(?:bin|upd)|recovery\.bin)$/,
      /(?:^|\/)pubkey\.bin$/,
      /(?:^|\/)bootcode.{0,64}\.bin$/,
      /^bootcode$/,
    ],
  },
  needs: ['key.private', 'key.public'],
  gives: ['boot.rpi.sig', 'boot.rpi.file', 'boot.rpi.key', 'boot.rpi.bootcode', 'chain.link'],
  look: lookAtRaspberryPi,
  conclude: concludeRaspberryPi,
}
