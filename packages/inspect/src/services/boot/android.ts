import { linesOf, type Starter } from './starter.ts'
import type { System } from './system.ts'

interface Service {
  readonly name: string
  readonly words: readonly string[]
  readonly file: string
  readonly offset: number
  readonly line: string
  classes: readonly string[]
  disabled: boolean
  user: string | undefined
}

interface Action {
  readonly trigger: string
  readonly file: string
  readonly commands: string[]
}

const FILES = [
  '/init.rc',
  '/init.*.rc',
  '/system/etc/init/*.rc',
  '/vendor/etc/init/*.rc',
  '/etc/init/*.rc',
  '/system/etc/init/hw/init.rc',
  '/odm/etc/init/*.rc',
]
/** Triggers that always come. */
const ALWAYS =
  /^(?:early-init|init|late-init|early-fs|fs|post-fs|late-fs|post-fs-data|early-boot|boot|nonencrypted|zygote-start|load_\w+)$/

export function hasAndroidInit(system: System): boolean {
  return FILES.some((pattern) => system.glob(pattern).length > 0)
}

/** Starts what Android's init language starts: classes and single services, by their triggers. */
export function startAndroid(system: System, starter: Starter): void {
  const services = new Map<string, Service>()
  const actions: Action[] = []
  for (const file of new Set(FILES.flatMap((pattern) => system.glob(pattern))))
    read(system.source(file) ?? '', file, services, actions)
  for (const service of services.values()) {
    for (const { conditions, file } of triggersOf(service, actions)) {
      starter.start(service.words, {
        conditions,
        chain: file === service.file ? [file] : [file, service.file],
        file: service.file,
        offset: service.offset,
        text: service.line,
        managed: true,
        ...(service.user === undefined ? {} : { user: service.user }),
      })
    }
  }
}

function read(source: string, file: string, services: Map<string, Service>, actions: Action[]): void {
  let service: Service | undefined
  let action: Action | undefined
  for (const { text, offset } of linesOf(source)) {
    const words = text.trim().split(/\s+/)
    const [first = '', ...rest] = words
    if (first === 'service') {
      const [name = '', ...command] = rest
      service = {
        name,
        words: command,
        file,
        offset,
        line: text,
        classes: ['default'],
        disabled: false,
        user: undefined,
      }
      action = undefined
      // The first definition of a name counts.
      if (!services.has(name)) services.set(name, service)
    } else if (first === 'on') {
      action = { trigger: rest.join(' '), file, commands: [] }
      service = undefined
      actions.push(action)
    } else if (action) action.commands.push(words.join(' '))
    else if (service && first === 'class') service.classes = rest
    else if (service && first === 'disabled') service.disabled = true
    else if (service && first === 'user') service.user = rest[0]
  }
}

function triggersOf(
  service: Service,
  actions: readonly Action[],
): readonly { readonly conditions: readonly string[]; readonly file: string }[] {
  const starts = actions.filter(({ commands }) =>
    commands.some((command) => {
      const [verb, what = ''] = command.split(/\s+/)
      if (verb === 'start' || verb === 'restart' || verb === 'enable') return what === service.name
      return verb === 'class_start' && !service.disabled && service.classes.includes(what)
    }),
  )
  const always = starts.find(({ trigger }) => ALWAYS.test(trigger))
  if (always) return [{ conditions: [], file: always.file }]
  return starts.slice(0, 1).map(({ trigger, file }) => ({ conditions: [`on ${trigger}`], file }))
}
