import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { lookAtKernelConfig, PATHS, SENTENCE } from './look.ts'

export const linuxConfigCheck: Check = {
  id: 'secure-boot.linux-config',
  version: 1,
  title: { en: 'Configuration of Linux kernels', de: 'Konfiguration von Linux-Kerneln' },
  provisions: provisions(['5.6-4', '5.7-1'], ['5.6-4A', '5.7-1']),
  cases: cases('5.6-4-2', '5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'What a kernel was built to verify, and which ways past a verified start its build leaves open.',
    de: 'Was ein Kernel nach seinem Bau prüfen kann und welche Wege an einem geprüften Start vorbei der Bau offen lässt.',
  },
  cannotShow: {
    en: 'What is switched on when it runs, and that the configuration belongs to the kernel of the product.',
    de: 'Was im Betrieb eingeschaltet ist, und dass die Konfiguration zum Kernel des Produkts gehört.',
  },
  states: [
    'boot.linux.debug',
    'boot.linux.integrity',
    'boot.linux.kexec',
    'boot.linux.lockdown',
    'boot.linux.memory',
    'boot.linux.modules',
  ],
  wants: { paths: PATHS, literals: true },
  literals: [SENTENCE],
  gives: ['boot.linux.config'],
  look: lookAtKernelConfig,
}
