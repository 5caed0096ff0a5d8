import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import '../../scope/flash-layout/facts.ts'
import '../../secure-boot/avb/facts.ts'
import '../../secure-boot/u-boot/facts.ts'
import '../clients/facts.ts'
import '../mechanism/facts.ts'
import { concludeInstall } from './conclude.ts'
import { FILES, lookAtInstall, WATCHDOG_DEVICE } from './look.ts'

export const installCheck: Check = {
  id: 'update.install',
  version: 1,
  title: {
    en: 'What happens when an update is installed, and when that fails',
    de: 'Was geschieht, wenn ein Update installiert wird, und wenn das misslingt',
  },
  provisions: provisions(['5.3-2', '5.3-7', '5.9-2']),
  cases: cases('5.3-2-1', '5.3-7-1'),
  input: ['image'],
  canShow: {
    en: 'Slots, recovery systems, counters of starts, copies of boot variables, watchdogs, and settings that refuse older versions, as tables, variables, device trees and configurations of the release tell them.',
    de: 'Slots, Wiederherstellungssysteme, Startzähler, Kopien der Boot-Variablen, Watchdogs und Einstellungen, die ältere Versionen abweisen, wie sie Tabellen, Variablen, Device-Trees und Konfigurationen des Release nennen.',
  },
  cannotShow: {
    en: 'That an update uses them, that a cut-off one is survived, and which variables a unit has.',
    de: 'Dass ein Update sie verwendet, dass ein abgebrochenes überstanden wird und welche Variablen ein Gerät hat.',
  },
  states: [],
  wants: { formats: ['fdt', 'gpt'], paths: FILES, literals: true },
  literals: [WATCHDOG_DEVICE],
  needs: [
    'boot.avb.vbmeta',
    'boot.file',
    'boot.link',
    'boot.path',
    'boot.u-boot',
    'boot.u-boot.environment',
    'scope.flash-layout',
    'update.client',
  ],
  gives: [
    'update.barebox-state',
    'update.disk',
    'update.part',
    'update.watchdog.node',
    'update.watchdog.program',
  ],
  look: lookAtInstall,
  conclude: concludeInstall,
}
