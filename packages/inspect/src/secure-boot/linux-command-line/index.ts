import type { Artefact, Check, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { evidenceOf, factOf } from './evidence.ts'
import { type Line, linesOf, PATHS } from './sources.ts'

export const linuxCommandLineCheck: Check = {
  id: 'secure-boot.linux-command-line',
  version: 1,
  title: { en: 'Command lines of Linux kernels', de: 'Kommandozeilen von Linux-Kerneln' },
  provisions: provisions(['5.6-4', '5.7-1'], ['5.6-4A', '5.7-1']),
  cases: cases('5.6-4-2', '5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'What the command lines in the release ask the kernel to verify, to ignore, or to start.',
    de: 'Was die Kommandozeilen der Firmware den Kernel prüfen, übergehen oder starten lassen.',
  },
  cannotShow: {
    en: 'Which line a unit boots with, and whether the boot loader adds to it.',
    de: 'Mit welcher Zeile ein Gerät startet und ob der Bootloader sie ergänzt.',
  },
  states: [
    'boot.command-line',
    'boot.command-line.debugger',
    'boot.command-line.unverified',
    'service.shell.kernel',
  ],
  wants: { formats: ['fdt', 'fit'], paths: PATHS },
  needs: ['boot.linux.config'],
  gives: ['boot.command-line'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  // The entries of a menu say much the same.
  const told = new Set<string>()
  for (const line of linesOf(artefact)) {
    const place = placeOf(artefact, line.offset, line.length)
    for (const draft of evidenceOf(line, place)) {
      const what = JSON.stringify([draft.kind, draft.title.en, draft.observation])
      if (!told.has(what)) out.evidence(draft)
      told.add(what)
    }
    const fact = factOf(line)
    if (fact.verity || fact.enforcesModules) out.fact('boot.command-line', place, fact)
  }
}

/** The line that is built into a kernel, as its configuration tells it. */
function conclude(facts: Facts, out: ReduceOut): void {
  for (const { place, data } of facts.of('boot.linux.config')) {
    if (data.commandLine === undefined) continue
    const line: Line = { source: 'kernel-config', text: data.commandLine, offset: 0, length: place.length }
    for (const draft of evidenceOf(line, place)) out.evidence(draft)
  }
}
