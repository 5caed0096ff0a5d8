import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeEsp } from './conclude.ts'
import { lookAtEsp } from './look.ts'

export const espCheck: Check = {
  id: 'secure-boot.esp',
  version: 1,
  title: { en: 'Secure boot of the ESP32 family', de: 'Sicheres Starten der ESP32-Familie' },
  provisions: provisions(['5.3-2', '5.6-4', '5.7-1']),
  cases: cases('5.6-4-1', '5.6-4-2', '5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether applications and boot loaders are signed, whether the signatures verify and with whose key, whether boot loader and application belong together, what is encrypted, and which doors of the chip the boot loader is built to leave open.',
    de: 'Ob Anwendungen und Bootloader signiert sind, ob die Signaturen stimmen und mit wessen Schlüssel, ob Bootloader und Anwendung zusammengehören, was verschlüsselt ist und welche Zugänge des Chips der Bootloader offen lässt.',
  },
  cannotShow: {
    en: 'What the fuses of the chip hold: whether it demands signatures, whose, and whether flash encryption, JTAG and download mode are locked.',
    de: 'Was die Fuses des Chips enthalten: ob er Signaturen verlangt, wessen, und ob Flash-Verschlüsselung, JTAG und Download-Modus verriegelt sind.',
  },
  states: [
    'boot.esp.encrypted',
    'boot.esp.hash-mismatch',
    'boot.esp.known-key',
    'boot.esp.loader',
    'boot.esp.partitions',
    'boot.esp.private-key',
    'boot.esp.rollback',
    'boot.esp.setting',
    'boot.esp.signature',
    'boot.esp.unsigned',
  ],
  wants: {
    formats: ['esp-image', 'esp-flash', 'esp-partition-table', 'esp-otadata'],
    paths: [/(?:^|\/)sdkconfig(?:\.[\w.-]{1,64})?$/, /^flash-encryption\.json$/],
  },
  needs: ['key.private'],
  gives: ['boot.esp.encrypted-flash', 'boot.esp.image', 'boot.esp.opened', 'boot.esp.table', 'chain.link'],
  look: lookAtEsp,
  conclude: concludeEsp,
}
