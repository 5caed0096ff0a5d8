import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeKeys } from './conclude.ts'
import { lookForKeys, PATHS } from './look.ts'

export const uefiKeysCheck: Check = {
  id: 'secure-boot.uefi-keys',
  version: 1,
  title: { en: 'Keys of UEFI Secure Boot', de: 'Schlüssel von UEFI Secure Boot' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which platform, exchange and signature keys a variable store or firmware brings, whether anybody has them, and whether signed updates of them verify.',
    de: 'Welche Plattform-, Austausch- und Signaturschlüssel ein Variablenspeicher oder eine Firmware mitbringt, ob jeder sie hat und ob signierte Änderungen daran stimmen.',
  },
  cannotShow: {
    en: 'Which keys a unit has, and whether Secure Boot is on in it.',
    de: 'Welche Schlüssel ein Gerät hat und ob Secure Boot darin an ist.',
  },
  states: [
    'boot.uefi.keys',
    'boot.uefi.known-key',
    'boot.uefi.look-alike',
    'boot.uefi.no-revocation',
    'boot.uefi.private-key',
    'boot.uefi.state',
    'boot.uefi.update',
  ],
  wants: { formats: ['pe', 'uefi-variables'], paths: PATHS },
  needs: ['key.private'],
  gives: ['boot.uefi.keys', 'boot.uefi.store', 'boot.uefi.update', 'chain.link'],
  look: lookForKeys,
  conclude: concludeKeys,
}
