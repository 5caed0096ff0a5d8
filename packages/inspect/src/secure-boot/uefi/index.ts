import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeImages } from './conclude.ts'
import { lookAtImage, PATHS } from './look.ts'

export const uefiCheck: Check = {
  id: 'secure-boot.uefi',
  version: 1,
  title: { en: 'Signatures of UEFI programs', de: 'Signaturen von UEFI-Programmen' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether boot loaders, kernels and drivers for UEFI are signed, whether each signature verifies, and whether it leads to a key of the release or one that you trust, or to a revoked one.',
    de: 'Ob Bootloader, Kernel und Treiber für UEFI signiert sind, ob jede Signatur stimmt und ob sie zu einem Schlüssel der Firmware, einem vertrauten oder einem gesperrten führt.',
  },
  cannotShow: {
    en: 'That Secure Boot is on in a unit, which keys it has, and that nothing else is started.',
    de: 'Dass Secure Boot in einem Gerät an ist, welche Schlüssel es hat und dass nichts anderes gestartet wird.',
  },
  states: [
    'boot.uefi.allowed',
    'boot.uefi.initramfs',
    'boot.uefi.known-key',
    'boot.uefi.not-covered',
    'boot.uefi.private-key',
    'boot.uefi.revoked',
    'boot.uefi.signature',
    'boot.uefi.unsigned',
    'boot.uefi.volume',
    'boot.uefi.weak-digest',
  ],
  wants: { formats: ['pe', 'kernel'], paths: PATHS },
  needs: ['boot.uefi.keys', 'key.private'],
  gives: ['boot.uefi.image', 'boot.uefi.initramfs', 'chain.link'],
  look: lookAtImage,
  conclude: concludeImages,
}
