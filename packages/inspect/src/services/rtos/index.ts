import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { SIGNS, type Sign } from './signs.ts'

const REFS = provisions(['5.6-1', '5.6-4', '5.6-5'], ['5.6-1', '5.6-4A', '5.6-5'])
const CASES = cases('5.6-1-2', '5.6-4-2', '5.6-5-1')

export const rtosCheck: Check = {
  id: 'services.rtos',
  version: 1,
  title: {
    en: 'Stacks, consoles and endpoints of firmware without a file system',
    de: 'Stacks, Konsolen und Endpunkte von Firmware ohne Dateisystem',
  },
  provisions: REFS,
  cases: CASES,
  input: ['image'],
  canShow: {
    en: 'Which real-time system, network stacks, consoles and update code a firmware names in its texts.',
    de: 'Welches Echtzeitsystem, welche Netzwerk-Stacks, Konsolen und welchen Update-Code eine Firmware in ihren Texten nennt.',
  },
  cannotShow: {
    en: 'That any of it runs, listens or can be reached: a text is no call.',
    de: 'Dass etwas davon läuft, lauscht oder erreichbar ist: Ein Text ist kein Aufruf.',
  },
  states: ['service.rtos'],
  wants: { literals: true },
  literals: SIGNS.map(({ literal }) => literal),
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const found = new Map<string, { readonly sign: Sign; readonly offset: number }>()
  for (const { literal, offset } of artefact.hits) {
    const sign = SIGNS.find((one) => one.literal === literal)
    if (sign && !found.has(literal)) found.set(literal, { sign, offset })
  }
  const signs = [...found.values()]
  // Programs of larger systems quote single names too: only together with a system of its own do they mean anything.
  if (!signs.some(({ sign }) => sign.kind === 'system') || signs.length < 2) return
  out.evidence({
    kind: 'service.rtos',
    polarity: 'neutral',
    provisions: REFS,
    cases: CASES,
    place: placeOf(artefact),
    title: {
      en: 'A firmware without a file system names its stacks and consoles',
      de: 'Eine Firmware ohne Dateisystem nennt ihre Stacks und Konsolen',
    },
    observation: {
      signs: signs.map(({ sign, offset }) => ({
        kind: sign.kind,
        what: sign.what,
        text: sign.literal,
        offset,
      })),
      repeat: 'strings -t d FILE',
    },
    confidence: {
      grade: 'low',
      reason: {
        en: 'Texts show what was linked in, not what is called.',
        de: 'Texte zeigen, was eingebunden wurde, nicht was aufgerufen wird.',
      },
    },
  })
}
