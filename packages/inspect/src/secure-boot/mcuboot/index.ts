import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { KEY_LITERALS } from './anchors.ts'
import { concludeMcuboot } from './conclude.ts'
import { lookAtMcuboot } from './look.ts'

export const mcubootCheck: Check = {
  id: 'secure-boot.mcuboot',
  version: 1,
  title: { en: 'Signatures of MCUboot images', de: 'Signaturen von MCUboot-Images' },
  provisions: provisions(['5.3-2', '5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether an image is signed or carries only a hash, whether the signature verifies with a key of the boot loader in the release or one that you trust, what it covers, and what the slot records.',
    de: 'Ob ein Image signiert ist oder nur einen Hash trägt, ob die Signatur mit einem Schlüssel des Bootloaders dieser Firmware oder einem vertrauten stimmt, was sie abdeckt und was der Platz verzeichnet.',
  },
  cannotShow: {
    en: 'That the boot loader on the device is this one, that its flash is locked, that the private key is secret, and that older versions are refused.',
    de: 'Dass der Bootloader auf dem Gerät dieser ist, dass sein Flash gesperrt ist, dass der private Schlüssel geheim ist und dass ältere Versionen abgewiesen werden.',
  },
  states: [
    'boot.mcuboot.hash-mismatch',
    'boot.mcuboot.key',
    'boot.mcuboot.known-key',
    'boot.mcuboot.not-covered',
    'boot.mcuboot.private-key',
    'boot.mcuboot.rollback',
    'boot.mcuboot.signature',
    'boot.mcuboot.slot',
    'boot.mcuboot.unsigned',
  ],
  wants: { formats: ['mcuboot'], paths: [/^body$/], literals: true },
  literals: KEY_LITERALS,
  needs: ['key.private'],
  gives: ['boot.mcuboot.image', 'boot.mcuboot.key', 'boot.mcuboot.body', 'chain.link'],
  look: lookAtMcuboot,
  conclude: concludeMcuboot,
}
