import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeUBoot } from './conclude.ts'
import { lookAtUBoot } from './look.ts'
import { VERSION_LITERALS } from './program.ts'

export const uBootCheck: Check = {
  id: 'secure-boot.u-boot',
  version: 1,
  title: { en: 'How U-Boot was built and set up', de: 'Wie U-Boot gebaut und eingerichtet wurde' },
  provisions: provisions(['5.6-4', '5.7-1'], ['5.6-4A', '5.7-1']),
  cases: cases('5.6-4-2', '5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'What sentences in a U-Boot say about its build, and what environments and scripts leave open.',
    de: 'Was Sätze in einem U-Boot über seinen Bau sagen und was Umgebungen und Skripte offen lassen.',
  },
  cannotShow: {
    en: 'That something is not compiled in, which environment a unit has, and whether its console can be reached.',
    de: 'Dass etwas nicht eingebaut ist, welche Umgebung ein Gerät hat und ob seine Konsole erreichbar ist.',
  },
  states: [
    'boot.u-boot',
    'boot.u-boot.console',
    'boot.u-boot.environment',
    'boot.u-boot.legacy',
    'boot.u-boot.script',
    'boot.u-boot.verify-off',
  ],
  wants: { formats: ['uimage'], paths: [/^environment\.txt$/], literals: true },
  literals: VERSION_LITERALS,
  needs: ['boot.control'],
  gives: ['boot.u-boot', 'boot.u-boot.environment', 'boot.u-boot.script'],
  look: lookAtUBoot,
  conclude: concludeUBoot,
}
