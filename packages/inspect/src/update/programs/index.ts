import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import '../mechanism/facts.ts'
import { concludePrograms } from './conclude.ts'
import './facts.ts'
import { lookAtProgram } from './look.ts'
import { LITERALS } from './signs.ts'

export const programsCheck: Check = {
  id: 'update.programs',
  version: 1,
  title: {
    en: 'Programs that fetch and write the system, by what they are linked against',
    de: 'Programme, die laden und das System schreiben, an dem, womit sie gelinkt sind',
  },
  provisions: provisions(['5.3-1', '5.3-2', '5.3-9', '5.3-10', '5.5-1']),
  cases: cases('5.3-1-1', '5.3-2-1', '5.3-9-1', '5.3-10-1', '5.5-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which programs import functions that fetch and have texts that write parts of the system, or hand updates to a client; their addresses; and calls with constants that switch the check of a server off.',
    de: 'Welche Programme Funktionen importieren, die laden, und Texte enthalten, die Teile des Systems schreiben, oder Updates an einen Client übergeben; ihre Adressen; und Aufrufe mit Konstanten, die die Prüfung eines Servers abschalten.',
  },
  cannotShow: {
    en: 'That imports and texts belong together, what a program decides at run time, and what static programs call.',
    de: 'Dass Importe und Texte zusammengehören, was ein Programm zur Laufzeit entscheidet und was statisch gelinkte Programme aufrufen.',
  },
  states: [],
  wants: { literals: true },
  literals: LITERALS,
  needs: ['boot.file', 'boot.link', 'boot.path'],
  gives: ['update.elf-program', 'update.part'],
  look: lookAtProgram,
  conclude: concludePrograms,
}
