import type { Confidence, PartData } from '@messlatte/model'
import type { Fact, Facts, ReduceOut } from '../../contract.ts'
import { baseName } from '../../services/boot/words.ts'
import type { Client, PartFact } from './facts.ts'
import { cronInterval, type Start } from './starts.ts'
import { pathIn } from './systems.ts'

const TOLD = {
  cron: { en: 'A crontab', de: 'Eine Crontab' },
  timer: { en: 'A timer', de: 'Ein Timer' },
} as const

const NOT_SHOWN: Confidence = {
  grade: 'low',
  reason: {
    en: 'A schedule in the image does not show that the search succeeds or what follows from it.',
    de: 'Ein Zeitplan im Image zeigt nicht, dass die Suche gelingt oder was daraus folgt.',
  },
}

type Does = Extract<PartData, { id: 'automatic' }>['does']

/** Gives what starts a mechanism again and again. */
export function giveSchedules(starts: readonly Start[], client: Client, does: Does, out: ReduceOut): void {
  for (const { schedule, place, line, text } of starts)
    if (schedule) out.fact('update.part', place, scheduled(schedule, client, does, text, line))
}

function scheduled(
  { by, interval }: NonNullable<Start['schedule']>,
  client: Client,
  does: Does,
  text: string,
  line: number | undefined,
): PartFact {
  const when = interval === '' ? '' : ` (${interval})`
  return {
    part: { id: 'automatic', by, byDefault: 'on', interval: interval === '' ? null : interval, does },
    client,
    statement: {
      en: `${TOLD[by].en} of the image starts it${when}.`,
      de: `${TOLD[by].de} des Abbilds startet es${when}.`,
    },
    polarity: 'for',
    confidence: NOT_SHOWN,
    how: 'configuration',
    ...(line === undefined ? {} : { line }),
    observation: { schedule: text },
  }
}

/** Programs that a crontab starts, whose names say that they update, and of which no check told more. */
export function scheduledByName(
  facts: Facts,
  known: readonly Fact<'update.part'>[],
): readonly Fact<'update.part'>[] {
  const told = new Set(known.map(({ place }) => `${place.path} ${place.offset}`))
  return facts.of('update.schedule').flatMap(({ place, data }): Fact<'update.part'>[] => {
    const word = data.words.find((one) => /(?:^|\/)[\w.-]*(?:update|upgrade)[\w.-]*$/.test(one))
    if (word === undefined || told.has(`${place.path} ${place.offset}`)) return []
    const name = baseName(word)
    const client = { id: `program:${word}`, title: { en: name, de: name } }
    const part = scheduled(
      { by: 'cron', interval: cronInterval(data.text) },
      client,
      'unknown',
      data.text,
      data.line,
    )
    const observation = { schedule: data.text, repeat: `cat ${pathIn(place)}` }
    return [{ kind: 'update.part', place, data: { ...part, observation } }]
  })
}
