import type { PartData, Text } from '@messlatte/model'
import type { Facts, Place } from '../../contract.ts'
import type { BootResult } from '../../services/boot/graph.ts'
import { baseName } from '../../services/boot/words.ts'
import '../clients/facts.ts'
import { systemOf } from './join.ts'
import { lineAt } from './lines.ts'
import { bootOf, pathIn } from './systems.ts'

export interface Start {
  readonly how: 'boot' | 'condition' | 'schedule'
  /** `cron` with its five fields, `timer` with the settings of its unit; undefined where nothing repeats it. */
  readonly schedule?: { readonly by: 'cron' | 'timer'; readonly interval: string }
  readonly place: Place
  readonly line?: number
  readonly text: string
}

const MOST = 20

/** What starts a program, as the boot and the crontabs of its system tell. @param programs names, or whole paths of scripts */
export function startsOf(facts: Facts, at: Place, programs: readonly string[]): readonly Start[] {
  const boot = bootOf(facts, at)
  const booted = (boot?.commands ?? []).flatMap(({ words, conditions, place, text }): Start[] => {
    if (!place || !names(words, programs)) return []
    const schedule = boot && scheduleOf(conditions, boot)
    return [
      {
        how: schedule ? 'schedule' : conditions.length === 0 ? 'boot' : 'condition',
        ...(schedule ? { schedule } : {}),
        place,
        line: lineAt(boot?.system.here(pathIn(place))?.text ?? '', place.offset),
        text,
      },
    ]
  })
  const cron = facts
    .of('update.schedule')
    .filter(({ place, data }) => systemOf(place) === systemOf(at) && names(data.words, programs))
    .map(({ place, data }): Start => {
      const { line, text } = data
      return { how: 'schedule', schedule: { by: 'cron', interval: cronInterval(text) }, place, line, text }
    })
  const others = booted.filter(({ schedule }) => schedule?.by !== 'cron' || cron.length === 0)
  return [
    ...new Map([...cron, ...others].map((one) => [`${one.place.path} ${one.place.offset}`, one])).values(),
  ].slice(0, MOST)
}

/** The five fields of a line of a crontab, or `@daily`; crontabs put tabs between them as well. */
export function cronInterval(line: string): string {
  const fields = line.trim().match(/^@\w+|^(?:\S+\s+){4}\S+/)?.[0] ?? ''
  return fields.replace(/\s+/g, ' ')
}

function names(words: readonly string[], programs: readonly string[]): boolean {
  return words.some((word, at) =>
    programs.some((program) => {
      if (program.startsWith('/') && word.startsWith('/')) return word === program
      // A name counts as the command itself, or behind a shell or a lock.
      return (
        baseName(word) === baseName(program) && (at === 0 || word.startsWith('/') || !program.startsWith('/'))
      )
    }),
  )
}

function scheduleOf(conditions: readonly string[], { system }: BootResult): Start['schedule'] {
  const cron = conditions.find((one) => one.startsWith('cron '))
  if (cron !== undefined) return { by: 'cron', interval: cron.slice('cron '.length).replace(/\s+/g, ' ') }
  const timer = conditions.find((one) => one.endsWith('.timer'))
  if (timer === undefined) return undefined
  const unit = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system']
    .map((folder) => system.source(`${folder}/${timer}`))
    .find((text) => text !== undefined)
  const settings = [...(unit ?? '').matchAll(/^[ \t]*(On\w+(?:Sec)?)[ \t]*=[ \t]*(\S[^\n]{0,80})$/gm)]
  return { by: 'timer', interval: settings.map(([, name, value]) => `${name}=${value?.trim()}`).join(', ') }
}

const STARTED: Readonly<Record<Start['how'], Text>> = {
  boot: { en: 'it starts with the system', de: 'es startet mit dem System' },
  condition: { en: 'it starts on a condition', de: 'es startet unter einer Bedingung' },
  schedule: { en: 'a schedule starts it', de: 'ein Zeitplan startet es' },
}

/** How a program is started, in the part's own word and as the end of a sentence. */
export function startedBy(starts: readonly Start[]): {
  readonly started: Extract<PartData, { id: 'agent' }>['started']
  readonly text: Text
} {
  const order = ['boot', 'schedule', 'condition'] as const
  const how = order.find((one) => starts.some((start) => start.how === one))
  if (how === undefined)
    return {
      started: 'unknown',
      text: { en: 'nothing was found that starts it', de: 'es fand sich nichts, was es startet' },
    }
  return { started: how, text: STARTED[how] }
}
