import type { Text } from '@messlatte/model'
import type { EvidenceDraft, Fact } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { Shell } from './shells.ts'

type StartFact = Fact<'service.start'>

const PROVED_OTHERWISE: Text = {
  en: 'A port scan and a process list of a unit in its initialised state that show that it does not run, or proof that production removes the line.',
  de: 'Ein Portscan und eine Prozessliste eines Geräts im initialisierten Zustand, die zeigen, dass es nicht läuft, oder der Nachweis, dass die Zeile in der Fertigung entfernt wird.',
}

const CONSOLE_CLOSED: Text = {
  en: 'Proof that no serial console can be reached with a standard cable, or that the line does not reach units that are sold.',
  de: 'Der Nachweis, dass keine serielle Konsole mit einem Standardkabel erreichbar ist oder dass die Zeile nicht in verkaufte Geräte gelangt.',
}

function confidenceOf(conditional: boolean, enabled: boolean): EvidenceDraft['confidence'] {
  if (!enabled) {
    return {
      grade: 'low',
      reason: {
        en: 'The script would start it, but nothing was found in the image that runs the script.',
        de: 'Das Skript würde es starten, aber im Image fand sich nichts, was das Skript ausführt.',
      },
    }
  }
  if (conditional) {
    return {
      grade: 'medium',
      reason: {
        en: 'It is started on a condition, which the image does not decide.',
        de: 'Es wird unter einer Bedingung gestartet, über die das Image nicht entscheidet.',
      },
    }
  }
  return {
    grade: 'high',
    reason: {
      en: 'A file from which the system is started names it, without a condition.',
      de: 'Eine Datei, aus der das System gestartet wird, nennt es ohne Bedingung.',
    },
  }
}

export function networkShell({ place, data }: StartFact, shell: Shell, enabled: boolean): EvidenceDraft {
  const open = !shell.authenticates
  return {
    kind: 'service.shell.network',
    polarity: 'against',
    provisions: open
      ? provisions(['5.5-4', '5.5-5', '5.6-1', '5.6-5'])
      : provisions(['5.5-1', '5.5-7', '5.6-5']),
    cases: open ? cases('5.5-4-2', '5.5-5-2', '5.6-1-2', '5.6-5-1') : cases('5.5-1-2', '5.5-7-2', '5.6-5-1'),
    place,
    title: open
      ? {
          en: `${shell.program} gives a shell over the network to anyone`,
          de: `${shell.program} gibt jedem über das Netz eine Shell`,
        }
      : {
          en: `${shell.program} is started: a login over the network in clear`,
          de: `${shell.program} wird gestartet: eine unverschlüsselte Anmeldung über das Netz`,
        },
    observation: {
      service: shell.program,
      authenticates: shell.authenticates,
      command: data.words.join(' '),
      conditional: data.conditional,
      repeat: `grep -n ${shell.program} ${place.inner}`,
    },
    confidence: confidenceOf(data.conditional, enabled),
    overturnedBy: PROVED_OTHERWISE,
  }
}

export function consoleShell({ place, data }: StartFact, shell: Shell, enabled: boolean): EvidenceDraft {
  const reason: Text = {
    en: 'Whether the console can be reached from outside of the casing is not in the image.',
    de: 'Ob die Konsole von außerhalb des Gehäuses erreichbar ist, steht nicht im Image.',
  }
  return {
    kind: 'service.shell.console',
    polarity: 'against',
    provisions: provisions(['5.6-4'], ['5.6-4A']),
    cases: cases('5.6-4-2'),
    place,
    title: {
      en: `A root shell without login on the console ${data.terminal ?? ''}`.trimEnd(),
      de: `Eine Root-Shell ohne Anmeldung auf der Konsole ${data.terminal ?? ''}`.trimEnd(),
    },
    observation: {
      terminal: data.terminal,
      program: shell.program,
      command: data.words.join(' '),
      repeat: `cat ${place.inner}`,
    },
    confidence: enabled ? { grade: 'low', reason } : confidenceOf(data.conditional, false),
    overturnedBy: CONSOLE_CLOSED,
  }
}

export function presentNotStarted(programs: readonly Fact<'service.program'>[]): EvidenceDraft {
  const [first] = programs as [Fact<'service.program'>, ...Fact<'service.program'>[]]
  return {
    kind: 'service.present.not-started',
    polarity: 'neutral',
    provisions: provisions(['5.6-6']),
    cases: cases('5.6-6-1'),
    place: first.place,
    title: {
      en: 'A remote shell is installed, and nothing was found that starts it',
      de: 'Eine Fernzugriffs-Shell ist installiert, und es fand sich nichts, was sie startet',
    },
    observation: {
      programs: programs.map(({ place, data }) => ({ program: data.program, path: place.inner })),
    },
    confidence: {
      grade: 'medium',
      reason: {
        en: 'Programs can start it too, without a trace in the files that were read.',
        de: 'Auch Programme können sie starten, ohne Spur in den gelesenen Dateien.',
      },
    },
  }
}
