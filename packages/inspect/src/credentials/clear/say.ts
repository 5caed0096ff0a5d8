import type { Text } from '@messlatte/model'
import type { ClearFact, Weakness } from './facts.ts'
import { subjectOf } from './subjects.ts'

function text(en: string, de: string): Text {
  return { en, de }
}

function joined(...parts: readonly Text[]): Text {
  return text(parts.map(({ en }) => en).join(' '), parts.map(({ de }) => de).join(' '))
}

const STATE: Readonly<Record<ClearFact['state'], Text>> = {
  default: text('a default that everybody tries first', 'ein Standardwert, den jeder zuerst versucht'),
  example: text('a published example', 'ein veröffentlichtes Beispiel'),
  none: text('open', 'offen'),
  set: text(
    'in the clear, the same in every unit with this image',
    'im Klartext, in jedem Gerät mit diesem Abbild gleich',
  ),
}

export function title({ subject, state }: ClearFact): Text {
  const { title: what, critical } = subjectOf(subject)
  return text(
    `${what.en}, ${STATE[state].en}: ${critical.en}`,
    `${what.de}, ${STATE[state].de}: ${critical.de}`,
  )
}

export function generatedTitle({ subject }: ClearFact): Text {
  const { title: what } = subjectOf(subject)
  return text(
    `${what.en}: a script of the image puts a random value in its place`,
    `${what.de}: Ein Skript des Abbilds setzt einen Zufallswert an seine Stelle`,
  )
}

export const GENERATED = text(
  'The script draws from the system’s random source and writes to this very setting; that it runs before first use, the image cannot prove.',
  'Das Skript liest aus der Zufallsquelle des Systems und schreibt in genau diese Einstellung; dass es vor der ersten Nutzung läuft, kann das Abbild nicht beweisen.',
)

export function overturned({ subject }: ClearFact): Text {
  const { instead } = subjectOf(subject)
  return text(
    `Proof that provisioning replaces it before first use (TS 103 701, 5.4-3-1 b): the production step, and dumps of two units with different values; or that nothing accepts it. What should stand here instead: ${instead.en}.`,
    `Der Nachweis, dass die Provisionierung den Wert vor der ersten Nutzung ersetzt (TS 103 701, 5.4-3-1 b): der Fertigungsschritt und Speicherabzüge von zwei Geräten mit verschiedenen Werten; oder dass nichts den Wert annimmt. Was stattdessen hier stehen sollte: ${instead.de}.`,
  )
}

const WEAKNESS: Readonly<Record<Weakness, Text>> = {
  loopback: text(
    'As configured it is accepted from the device itself only.',
    'So konfiguriert wird der Wert nur vom Gerät selbst angenommen.',
  ),
  'switched-off': text('Its section is switched off.', 'Der Abschnitt, in dem er steht, ist ausgeschaltet.'),
  'not-enabled': text(
    'It lies among what can be enabled, and nothing was seen to enable it.',
    'Der Wert liegt unter dem, was eingeschaltet werden kann, und nichts schaltet es erkennbar ein.',
  ),
  'package-default': text(
    'It lies where packages keep what they bring along; that something reads it there was not seen.',
    'Der Wert liegt, wo Pakete ablegen, was sie mitbringen; dass etwas ihn dort liest, war nicht zu sehen.',
  ),
  'reader-unknown': text(
    'Its name says so; which program reads it is not known.',
    'Das sagt sein Name; welches Programm ihn liest, ist nicht bekannt.',
  ),
  'public-identifier': text(
    'It is made to be seen by clients: what it opens depends on the restrictions that its owner has set for it.',
    'Der Wert ist dafür gemacht, von Clients gesehen zu werden: Was er öffnet, hängt von den Beschränkungen ab, die sein Inhaber gesetzt hat.',
  ),
  limited: text(
    'It may have run out, or be meant for trials.',
    'Der Wert kann abgelaufen oder nur für Versuche gedacht sein.',
  ),
  adjacent: text(
    'Name and value are neighbours among a program’s strings; no code was followed.',
    'Name und Wert stehen unter den Zeichenketten eines Programms nebeneinander; Code wurde nicht verfolgt.',
  ),
  'by-specification': text(
    'Every product of its kind has to know it; the question is whether it is used to protect anything.',
    'Jedes Produkt dieser Art muss den Wert kennen; die Frage ist, ob damit etwas geschützt wird.',
  ),
}

const FOUND = text(
  'The value stands where it is read, and it is neither a placeholder nor a reference.',
  'Der Wert steht dort, wo er gelesen wird, und ist weder Platzhalter noch Verweis.',
)
export const EXAMPLES = text(
  'Keys and tokens that manuals print, and nobody uses',
  'Schlüssel und Token, die Handbücher abdrucken und niemand verwendet',
)
export const EXAMPLE = text(
  'Its value is one that manuals print.',
  'Der Wert ist einer, den Handbücher abdrucken.',
)
const STARTED = text(
  'The service that reads it is started.',
  'Der Dienst, der den Wert liest, wird gestartet.',
)
const NOT_STARTED = text(
  'That a service that reads it is started was not seen.',
  'Dass ein Dienst startet, der den Wert liest, war nicht zu sehen.',
)

export function reason(fact: ClearFact, started: boolean | undefined): Text {
  const parts: Text[] = [FOUND]
  if (fact.weakness) parts.push(WEAKNESS[fact.weakness])
  if (started !== undefined) parts.push(started ? STARTED : NOT_STARTED)
  return joined(...parts)
}
