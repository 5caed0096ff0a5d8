import {
  encodeText,
  type Fdt,
  fdtIsDisabled,
  fdtNode,
  fdtNodes,
  fdtProperty,
  fdtStrings,
  readFdt,
} from '@messlatte/unpack'
import type { Artefact, Check, EvidenceDraft, MapOut, Place } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'

const REFS = provisions(['5.6-4'], ['5.6-4A'])
const CASES = cases('5.6-4-2')
const SHELL_INIT = /(?:^|\s)(?:rd)?init=(\S*\/(?:ba|a|da)?sh)(?:\s|$)/
const SINGLE = /(?:^|\s)(?:single|S|1|emergency|rescue|systemd\.unit=(?:rescue|emergency)\.target)(?:\s|$)/
const CONSOLES = /(?:^|\s)console=([^\s,]+)/g
const DEBUG_NODE = /(?:^|[-,])(?:jtag|swd|coresight|debug-uart)(?:[@-]|$)/
const MOST_NODES = 20_000

export const debugCheck: Check = {
  id: 'services.debug',
  version: 1,
  title: {
    en: 'Consoles and debug settings of device trees',
    de: 'Konsolen und Debug-Einstellungen in Device-Trees',
  },
  provisions: REFS,
  cases: CASES,
  input: ['image'],
  canShow: {
    en: 'That a device tree starts the kernel with a shell, names consoles, or leaves a debug interface switched on.',
    de: 'Dass ein Device-Tree den Kernel mit einer Shell startet, Konsolen nennt oder eine Debug-Schnittstelle eingeschaltet lässt.',
  },
  cannotShow: {
    en: 'Whether the boot loader replaces the command line, and whether the pins can be reached.',
    de: 'Ob der Bootloader die Kommandozeile ersetzt und ob die Anschlüsse erreichbar sind.',
  },
  states: ['service.console.kernel', 'service.debug.interface', 'service.shell.kernel'],
  wants: { formats: ['fdt', 'fit'] },
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const tree = readFdt(artefact.bytes, 0)
  if (!tree) return
  lookAtCommandLine(artefact, tree, out)
  const debug = debugNodes(tree)
  if (debug.length > 0) out.evidence(interfaceEvidence(placeOf(artefact, 0, 0), debug))
}

function lookAtCommandLine(artefact: Artefact, tree: Fdt, out: MapOut): void {
  const chosen = fdtNode(tree, '/chosen')
  const property = chosen && fdtProperty(chosen, 'bootargs')
  const text = property && fdtStrings(tree, property)?.[0]
  if (!property || text === undefined) return
  const place = placeOf(artefact, property.offset, property.length)
  const shell = SHELL_INIT.exec(text)?.[1] ?? (SINGLE.test(text) ? 'single user mode' : undefined)
  if (shell !== undefined) out.evidence(shellEvidence(place, text, shell))
  const consoles = [...text.matchAll(CONSOLES)].map((match) => match[1] as string)
  if (consoles.length > 0) out.evidence(consoleEvidence(place, text, consoles))
}

/** Nodes of debug interfaces that are not switched off. */
function debugNodes(tree: Fdt): readonly string[] {
  return [...fdtNodes(tree, MOST_NODES)]
    .filter((node) => DEBUG_NODE.test(node.name) && !fdtIsDisabled(tree, node))
    .map(({ path }) => path)
    .slice(0, 50)
}

function shellEvidence(place: Place, text: string, shell: string): EvidenceDraft {
  return {
    kind: 'service.shell.kernel',
    polarity: 'against',
    provisions: REFS,
    cases: CASES,
    place,
    title: {
      en: 'The kernel is told to start a shell instead of the system',
      de: 'Der Kernel soll eine Shell statt des Systems starten',
    },
    observation: {
      commandLine: encodeText(text),
      starts: encodeText(shell),
      repeat: 'fdtget TREE /chosen bootargs',
    },
    confidence: {
      grade: 'low',
      reason: {
        en: 'A boot loader may replace this line, and whether the console can be reached is not in the image.',
        de: 'Ein Bootloader kann diese Zeile ersetzen, und ob die Konsole erreichbar ist, steht nicht im Image.',
      },
    },
    overturnedBy: {
      en: 'The command line of a unit that was sold (/proc/cmdline), without this setting.',
      de: 'Die Kommandozeile eines verkauften Geräts (/proc/cmdline) ohne diese Einstellung.',
    },
  }
}

function consoleEvidence(place: Place, text: string, consoles: readonly string[]): EvidenceDraft {
  return {
    kind: 'service.console.kernel',
    polarity: 'neutral',
    provisions: REFS,
    cases: CASES,
    place,
    title: { en: 'The kernel writes to a console', de: 'Der Kernel schreibt auf eine Konsole' },
    observation: {
      commandLine: encodeText(text),
      consoles: consoles.map(encodeText),
      repeat: 'fdtget TREE /chosen bootargs',
    },
    confidence: {
      grade: 'medium',
      reason: {
        en: 'The line stands in the device tree; a boot loader may replace it.',
        de: 'Die Zeile steht im Device-Tree; ein Bootloader kann sie ersetzen.',
      },
    },
  }
}

function interfaceEvidence(place: Place, nodes: readonly string[]): EvidenceDraft {
  return {
    kind: 'service.debug.interface',
    polarity: 'neutral',
    provisions: REFS,
    cases: CASES,
    place,
    title: {
      en: 'A debug interface is switched on in the device tree',
      de: 'Eine Debug-Schnittstelle ist im Device-Tree eingeschaltet',
    },
    observation: { nodes: nodes.map(encodeText), repeat: 'fdtget TREE NODE status' },
    confidence: {
      grade: 'low',
      reason: {
        en: 'Fuses and pins decide whether it can be used; the tree only lets a driver use it.',
        de: 'Fuses und Anschlüsse entscheiden, ob sie nutzbar ist; der Baum erlaubt es nur einem Treiber.',
      },
    },
  }
}
