import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeStm32 } from './conclude.ts'
import { lookAtStm32 } from './look.ts'
import { STM32 } from './scheme.ts'

export const stm32Check: Check = {
  id: 'secure-boot.stm32',
  version: 1,
  title: { en: 'Signatures of STM32 boot images', de: 'Signaturen von STM32-Boot-Images' },
  provisions: STM32.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether what the ROM loads is signed, whether the signature verifies with the key in its header, and whether that is one whose digest you trust.',
    de: 'Ob signiert ist, was das ROM lädt, ob die Signatur mit dem Schlüssel im Kopf stimmt und ob dessen Digest einer ist, dem Sie vertrauen.',
  },
  cannotShow: {
    en: 'That the chip is closed and its fuses hold the digest of this key: until then any key is taken, or none.',
    de: 'Dass der Chip geschlossen ist und seine Sicherungen den Digest dieses Schlüssels halten: Bis dahin wird jeder Schlüssel genommen oder keiner.',
  },
  states: [
    'boot.stm32.known-key',
    'boot.stm32.private-key',
    'boot.stm32.rollback',
    'boot.stm32.signature',
    'boot.stm32.unsigned',
  ],
  wants: { formats: ['stm32'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.stm32.image', 'chain.link'],
  look: lookAtStm32,
  conclude: concludeStm32,
}
