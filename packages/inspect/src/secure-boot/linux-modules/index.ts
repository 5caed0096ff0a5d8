import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeModules } from './conclude.ts'
import { LITERALS, lookAtModules, PATHS } from './look.ts'

export const linuxModulesCheck: Check = {
  id: 'secure-boot.linux-modules',
  version: 1,
  title: { en: 'Signatures of Linux kernel modules', de: 'Signaturen von Linux-Kernel-Modulen' },
  provisions: provisions(['5.7-1']),
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which kernel modules are signed, and whether their signatures verify with certificates of the kernel in the release or of the user.',
    de: 'Welche Kernel-Module signiert sind und ob ihre Signaturen mit Zertifikaten des Kernels dieser Firmware oder vertrauten stimmen.',
  },
  cannotShow: {
    en: 'That the kernel of a unit refuses others, and which modules it loads.',
    de: 'Dass der Kernel eines Geräts andere abweist und welche Module er lädt.',
  },
  states: ['boot.linux.module-key', 'boot.linux.module-signature', 'boot.linux.module-unsigned'],
  wants: { paths: PATHS, literals: true },
  literals: LITERALS,
  needs: ['boot.command-line', 'boot.linux.config', 'key.private'],
  gives: ['boot.linux.certificate', 'boot.linux.module', 'chain.link'],
  look: lookAtModules,
  conclude: concludeModules,
}
